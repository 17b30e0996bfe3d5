using System.Security.Cryptography;
using System.Text;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>An import that a person asks for.</summary>
/// <param name="Window">Whole seconds; not in the future, and not before <see cref="AllowedHistory"/>.</param>
/// <param name="Reports">Those that it reads, in alphabetical order; null for all that the integration imports.</param>
/// <param name="Force">Believe an empty result at once.</param>
/// <param name="DryRun">Change nothing, and tell what would change.</param>
public sealed record ManualImport(Interval Window, IReadOnlyList<string>? Reports, bool Force, bool DryRun, ImportSource Source)
{
    /// <summary>Tells whether two requests ask for the same: 64 hex digits.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Window} {string.Join(',', Reports ?? [])} {Force} {DryRun} {Source}")));
}

/// <summary>How far back anything may be imported.</summary>
public static class AllowedHistory
{
    /// <summary>Five9 keeps reports for three years.</summary>
    private const int Max = 1095;

    /// <summary>What is older than its retention would only be deleted again.</summary>
    public static int DaysOf(Integration integration) => integration.RetentionDays is > 0 and < Max ? integration.RetentionDays : Max;

    /// <summary>The first instant: that of a local day.</summary>
    public static Instant Start(Integration integration, Instant now)
    {
        var zone = integration.DateTimeZone;
        return zone.AtStartOfDay(now.InZone(zone).Date.PlusDays(-DaysOf(integration))).ToInstant();
    }
}
