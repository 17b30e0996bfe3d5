using Five9Functions.Integrations;
using Five9Functions.Storage;
using Microsoft.Extensions.Options;

namespace Five9Functions.Api;

/// <summary>The integration that a route names. Whatever a request reads or changes is of the one that is found here.</summary>
public sealed class IntegrationLookup(IntegrationTable table, IOptions<IntegrationOptions> configuration)
{
    /// <exception cref="ApiException">404: there is none of this id.</exception>
    public async Task<Versioned<Integration>> RequireAsync(string id, CancellationToken cancellationToken)
    {
        // What is no id is not looked up: a name's row is no integration.
        if (IntegrationSettings.IsId(id) && await table.FindStoredAsync(id, cancellationToken) is { } found)
        {
            return found;
        }

        throw Unknown();
    }

    /// <summary>What the app's settings name is written again at each start, which comes at any time: a change would be lost without a word.</summary>
    /// <exception cref="ApiException">409.</exception>
    public void RequireNotConfigured(string id)
    {
        if (configuration.Value.Integrations.ContainsKey(id))
        {
            throw ApiException.Conflict(
                ApiProblem.Configured, $"The app's settings {IntegrationSettings.Section}:{id} say what this integration is, and are written over it at each start: change it there, or remove those settings and change it here.");
        }
    }

    public static ApiException Unknown() => ApiException.NotFound(ApiProblem.IntegrationUnknown, "There is no integration of this id: GET /integrations lists them all.");
}
