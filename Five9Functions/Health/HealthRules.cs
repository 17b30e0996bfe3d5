using Five9Functions.Integrations;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Health;

/// <summary>What is known of an integration when its health is judged.</summary>
/// <param name="Reports">Of each imported report.</param>
/// <param name="AnyRun">Whether it was ever imported, or is being.</param>
/// <param name="Waiting">Why slices of it wait, as far as they say so.</param>
/// <param name="Failures">By report, why a window of the last 8 days could not be read, or the first error of its newest finished scheduled or backfill run, if that failed.</param>
/// <param name="Incomplete">What is not whole in the last two days, a sentence each.</param>
internal sealed record HealthInput(
    Instant Now,
    Duration Settle,
    IReadOnlyList<ReportFreshness> Reports,
    bool AnyRun,
    IReadOnlyList<ImportError> Waiting,
    IReadOnlyList<(string Report, ImportError Error)> Failures,
    IReadOnlyList<string> Incomplete);

/// <summary>When an integration is well, and why not. Pure.</summary>
internal static class HealthRules
{
    // The timer's own period, by default: an integration cannot be read more often than ticks come.
    private static readonly Duration Tick = Duration.FromMinutes(15);

    /// <summary>
    /// How old the newest instant may be. Just before an import lands, it is one schedule and the settle delay old and as long as the import
    /// takes; an import that takes until the next tick is still in time, one that takes longer has cost a whole one.
    /// </summary>
    public static Duration OldestAllowed(Duration schedule, Duration settle) => schedule + settle + Duration.Max(schedule, Tick);

    public static (HealthStatus Status, string Reason) Judge(Integration integration, HealthInput input)
    {
        if (integration.Paused)
        {
            return (HealthStatus.Paused, "It is paused: nothing is imported until it is resumed.");
        }

        if (input.Waiting.FirstOrDefault(error => error.Problem is ImportProblem.CredentialRejected or ImportProblem.PasswordExpired) is { } rejected)
        {
            return (HealthStatus.Failing, $"The import waits. {rejected.Text}");
        }

        if (input.Failures is [var (report, error), ..])
        {
            return (HealthStatus.Failing, $"The newest import of {report} failed. {error.Text}");
        }

        if (input.Incomplete is [var incomplete, ..])
        {
            return (HealthStatus.Incomplete, incomplete);
        }

        return Late(integration, input) is { } late
            ? (HealthStatus.Late, input.Waiting is [var waiting, ..] ? $"{late} {waiting.Text}" : late)
            : (HealthStatus.Ok, $"All that is due is there, up to {input.Reports.Min(r => r.CoveredTo)}.");
    }

    private static string? Late(Integration integration, HealthInput input)
    {
        if (input.Reports.All(report => report.CoveredTo is null))
        {
            return input.AnyRun ? "Nothing of the last 8 days is there yet; an import is under way." : "Nothing is there yet, and no import has begun: the first comes with the next tick.";
        }

        var allowed = OldestAllowed(integration.Schedule, input.Settle);
        return input.Reports.MinBy(report => report.CoveredTo ?? Instant.MinValue) switch
        {
            { CoveredTo: null } none => $"Nothing of {none.Report} of the last 8 days is there yet.",
            { CoveredTo: { } to } oldest when input.Now - to > allowed =>
                $"{oldest.Report} are there up to {to}, {(long)(input.Now - to).TotalMinutes} minutes ago; with an import every {(long)integration.Schedule.TotalMinutes} minutes it should be {(long)allowed.TotalMinutes} at most.",
            _ => null,
        };
    }
}
