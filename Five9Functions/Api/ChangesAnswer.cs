using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.Api;

/// <summary>What a run changed, or a dry run would.</summary>
/// <param name="Total">Of all days.</param>
/// <param name="Days">Those with any change, by date, then report.</param>
internal sealed record ChangesAnswer(ChangeSums Total, IReadOnlyList<DayChangesAnswer> Days)
{
    /// <param name="run">A finished one.</param>
    public static ChangesAnswer Of(ImportRun run, IReadOnlyList<DayChanges> changes)
    {
        // A dry run that was done again began anew; any other went on from what it had changed.
        var counted = changes.Where(day => run.Changes == ChangeCounting.Counted || day.Retries == run.Retries).ToList();
        return new(
            ChangeSums.Of(counted),
            [.. counted.GroupBy(day => (day.Date, day.Report)).Select(day => new DayChangesAnswer(day.Key.Date, day.Key.Report, ChangeSums.Of(day), day.Any(part => part.Unknown) ? true : null)).Where(day => day.IsAny)]);
    }
}

/// <param name="Rows">Of raw days, by agent or call and start.</param>
/// <param name="Segments">Segments of timelines, or queue intervals.</param>
internal sealed record ChangeSums(ChangeCounts Rows, ChangeCounts Segments)
{
    public static ChangeSums Of(IEnumerable<DayChanges> days) =>
        days.Aggregate(new ChangeSums(default, default), (sums, day) => new ChangeSums(sums.Rows + day.Rows, sums.Segments + day.Segments));
}

/// <param name="Unknown">True when it could not be counted.</param>
internal sealed record DayChangesAnswer(LocalDate Date, string Report, ChangeCounts Rows, ChangeCounts Segments, bool? Unknown)
{
    public DayChangesAnswer(LocalDate date, string report, ChangeSums sums, bool? unknown)
        : this(date, report, sums.Rows, sums.Segments, unknown)
    {
    }

    internal bool IsAny => Rows != default || Segments != default || Unknown is true;
}
