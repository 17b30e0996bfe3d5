using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>How long an integration's data is kept. Everything that has to know where its days begin asks here. Pure.</summary>
public static class RetentionRules
{
    // What a run says of itself is looked at for a month, however soon days go; and for a year where they never do.
    private const int MinDaysOfRuns = 35;
    private const int MaxDaysOfRuns = 400;

    /// <summary>The first local date that is kept; null when all are.</summary>
    public static LocalDate? FirstKept(Integration integration, Instant now) =>
        integration.RetentionDays > 0 ? LocalDay.Of(now, integration.DateTimeZone).Date.PlusDays(-integration.RetentionDays) : null;

    /// <summary>The first local date that there is to import: what was deleted for its age is not read again.</summary>
    public static LocalDate HistoryStart(Integration integration, Instant now) =>
        FirstKept(integration, now) is { } kept && kept > integration.HistoryStart ? kept : integration.HistoryStart;

    /// <summary>Finished runs that were asked for before this instant are deleted.</summary>
    public static Instant RunsSince(Integration integration, Instant now) =>
        now - Duration.FromDays(integration.RetentionDays > 0 ? Math.Max(integration.RetentionDays, MinDaysOfRuns) : MaxDaysOfRuns);

    /// <summary>Whether a day follows from one that is not kept any more, so that it cannot be derived again as it is.</summary>
    public static bool IsAtTheEdge(IEnumerable<LocalDate> inputs, LocalDate? firstKept) => inputs.Any(date => date < firstKept);
}
