using Five9Functions.Integrations;
using Five9Functions.Storage;

namespace Five9Functions.Api;

/// <summary>The integration that a route names. Whatever a request reads or changes is of the one that is found here.</summary>
public sealed class KnownIntegrations(IntegrationTable table)
{
    /// <exception cref="ApiException">404: there is none of this id.</exception>
    public async Task<Stored<Integration>> RequireAsync(string id, CancellationToken cancellationToken)
    {
        // What is no id is not looked up: a name's row is no integration.
        if (IntegrationSettings.IsId(id) && await table.FindStoredAsync(id, cancellationToken) is { } found)
        {
            return found;
        }

        throw ApiException.NotFound(ApiProblem.IntegrationUnknown, "There is no integration of this id: GET /integrations lists them all.");
    }
}
