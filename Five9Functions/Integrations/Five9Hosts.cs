using System.Text.RegularExpressions;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Problems;
using Microsoft.Extensions.Options;

namespace Five9Functions.Integrations;

/// <summary>Where Five9 may be called: at its own hosts, and at those that the setting <c>Five9:AllowedHosts</c> names.</summary>
public sealed partial class Five9Hosts(Five9ClientOptions options)
{
    public bool Allows(Uri host) => Five9Host.NameOf(host) is var name
        && (Five9Region.IsHost(name) || Read(options.AllowedHosts).Any(entry => entry.Address is { } allowed && Five9Host.NameOf(allowed) == name));

    /// <summary>Why nothing is called for an integration; null when its host is allowed.</summary>
    public ImportError? RefusalOf(Integration integration) => Allows(integration.Host) ? null : new ImportError(
        ImportProblem.HostNotAllowed,
        $"The host {Five9Host.NameOf(integration.Host)} of {integration.Id} is not one of Five9's, "
        + "and the setting Five9:AllowedHosts does not name it, so nothing is called there: "
        + $"correct the region of the integration, or add {Five9Host.WithPort(integration.Host)} to the setting.");

    /// <exception cref="Five9MisconfiguredException">The host of the integration is not allowed.</exception>
    public void Require(Integration integration)
    {
        if (RefusalOf(integration) is var (problem, text))
        {
            throw new Five9MisconfiguredException(problem, text);
        }
    }

    /// <summary>Each entry of the setting; without an address where it is no host with a port.</summary>
    internal static IEnumerable<(string Text, Uri? Address)> Read(string setting) => setting
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(entry => (entry, EndsWithPort().IsMatch(entry) ? Five9Host.TryRead(entry) : null));

    [GeneratedRegex(@":[0-9]{1,5}\z")]
    private static partial Regex EndsWithPort();
}

/// <summary>Refuses to start with hosts that cannot be read; the error names each.</summary>
internal sealed class ValidateFive9Hosts : IValidateOptions<Five9ClientOptions>
{
    public ValidateOptionsResult Validate(string? name, Five9ClientOptions options)
    {
        List<string> problems =
        [
            .. Five9Hosts.Read(options.AllowedHosts).Where(entry => entry.Address is null)
                .Select(entry => $"{Five9ClientOptions.Section}:{nameof(options.AllowedHosts)}: '{PlainText.Escape(entry.Text)}' is not a host with its port, "
                    + "such as five9.example.com:443; put commas between several."),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
