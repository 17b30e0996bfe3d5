using System.Text.RegularExpressions;
using Five9Functions.Problems;
using Microsoft.Extensions.Options;

namespace Five9Functions.Five9.Soap;

/// <summary>Refuses to start with versions and time limits that cannot work; the error names each key.</summary>
internal sealed partial class ValidateFive9Client : IValidateOptions<Five9ClientOptions>
{
    public ValidateOptionsResult Validate(string? name, Five9ClientOptions options)
    {
        List<string> problems =
        [
            .. Version(nameof(options.ApiVersion), options.ApiVersion),
            .. Version(nameof(options.SupervisorVersion), options.SupervisorVersion),
            .. Limit(nameof(options.CallTimeout), options.CallTimeout),
            .. Limit(nameof(options.DownloadTimeout), options.DownloadTimeout),
            .. Limit(nameof(options.IdleTimeout), options.IdleTimeout),
            .. Limit(nameof(options.SupervisorTimeout), options.SupervisorTimeout),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    // It becomes a part of the address that the login is sent to.
    private static IEnumerable<string> Version(string key, string value) =>
        VersionPattern().IsMatch(value) ? [] : [$"{Five9ClientOptions.Section}:{key} is '{PlainText.Escape(value)}'; it must be a version of the API such as v13 or v9_5."];

    private static IEnumerable<string> Limit(string key, TimeSpan value) =>
        value > TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? [] : [$"{Five9ClientOptions.Section}:{key} is {value}; it must be more than 00:00:00, up to a day."];

    [GeneratedRegex(@"\Av[0-9]{1,3}(_[0-9]{1,3}){0,2}\z")]
    private static partial Regex VersionPattern();
}
