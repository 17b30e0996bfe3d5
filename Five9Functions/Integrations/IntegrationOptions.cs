using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Five9Functions.Integrations;

/// <summary>The configuration section <c>Integrations</c>: settings by integration id.</summary>
public sealed class IntegrationOptions
{
    public Dictionary<string, IntegrationSettings> Integrations { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads each integration by itself: bound as a dictionary, one with a value that cannot be read would be left out without a word.</summary>
    /// <exception cref="InvalidOperationException">A value cannot be read, or is a password; the message names its key.</exception>
    public void Read(IConfiguration section)
    {
        foreach (var integration in section.GetChildren())
        {
            var settings = new IntegrationSettings();
            integration.Bind(settings);
            if (integration["Password"] is not null)
            {
                throw new InvalidOperationException(
                    $"{integration.Path}:Password: passwords are in the key vault alone. Put it into the secret {settings.SecretNameFor(integration.Key)} (docs/credentials.md) and remove this setting.");
            }

            Integrations[integration.Key] = settings;
        }
    }
}

/// <summary>Refuses to start with settings that cannot work; the error names each key.</summary>
internal sealed class ValidateIntegrations : IValidateOptions<IntegrationOptions>
{
    public ValidateOptionsResult Validate(string? name, IntegrationOptions options)
    {
        var problems = options.Integrations.SelectMany(i => i.Value.Problems(i.Key)).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
