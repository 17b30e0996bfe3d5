using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>Replaces each <c>%Setting%</c> in an attribute's text by the configuration's value, as the Functions host does.</summary>
internal sealed partial class SettingReferences(IConfiguration configuration)
{
    public bool TryResolve(string text, out string resolved, [NotNullWhen(false)] out string? missing)
    {
        missing = Reference().Matches(text).Select(match => match.Groups["key"].Value).FirstOrDefault(key => string.IsNullOrWhiteSpace(configuration[key]));
        resolved = missing is null ? Reference().Replace(text, match => configuration[match.Groups["key"].Value]!) : text;
        return missing is null;
    }

    [GeneratedRegex("%(?<key>[^%]+)%")]
    private static partial Regex Reference();
}
