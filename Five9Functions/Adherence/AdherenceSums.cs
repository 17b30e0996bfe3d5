using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>Seconds of an agent, or of several, in a window. Sums of two windows, or of two agents, are added; percents never are.</summary>
/// <param name="Scheduled">In + NotPresent + Wrong + Unknown.</param>
/// <param name="NotScheduled">Not in the score.</param>
/// <param name="ScheduledWork">Scheduled in activities of the type work.</param>
/// <param name="ScheduledWorkUnknown">What of that is unknown.</param>
/// <param name="Worked">Known time in actual activities of the type work, scheduled or not.</param>
public readonly record struct AdherenceSums(
    long Scheduled, long In, long NotPresent, long Wrong, long Unknown, long NotScheduled, long ScheduledWork, long ScheduledWorkUnknown, long Worked)
{
    /// <summary>Percent, not rounded; null where nothing that was scheduled is known.</summary>
    public decimal? Adherence => Percent(In, Scheduled - Unknown);

    /// <summary>Percent, not rounded, and more than 100 for who works more than is scheduled; null where no scheduled work is known.</summary>
    public decimal? Conformance => Percent(Worked, ScheduledWork - ScheduledWorkUnknown);

    public static AdherenceSums operator +(AdherenceSums left, AdherenceSums right) => new(
        left.Scheduled + right.Scheduled,
        left.In + right.In,
        left.NotPresent + right.NotPresent,
        left.Wrong + right.Wrong,
        left.Unknown + right.Unknown,
        left.NotScheduled + right.NotScheduled,
        left.ScheduledWork + right.ScheduledWork,
        left.ScheduledWorkUnknown + right.ScheduledWorkUnknown,
        left.Worked + right.Worked);

    /// <summary>The sums of a window, on whole seconds.</summary>
    /// <param name="agent">Of the window and <see cref="AdherenceTimeline.Margin"/> around it.</param>
    internal static AdherenceSums Of(AgentActivity agent, ActivityMap map, Interval window)
    {
        var extent = new Interval(window.Start - AdherenceTimeline.Margin, window.End + AdherenceTimeline.Margin);
        return AdherenceTimeline.Of(agent, map, extent).Aggregate(default(AdherenceSums), (sums, stretch) => sums + Of(stretch, map, window));
    }

    private static AdherenceSums Of(AdherenceStretch stretch, ActivityMap map, Interval window)
    {
        var length = Instant.Min(stretch.End, window.End) - Instant.Max(stretch.Start, window.Start);
        if (length <= Duration.Zero)
        {
            return default;
        }

        var (seconds, counts, judged) = ((long)length.TotalSeconds, stretch.Scheduled?.Type.IsScheduled() == true, stretch.Judged);
        var isWork = stretch.Scheduled?.Type == ActivityType.Work;
        return new(
            If(counts),
            If(judged == AdherenceClass.In),
            If(judged == AdherenceClass.NotPresent),
            If(judged == AdherenceClass.Wrong),
            If(judged == AdherenceClass.Unknown),
            If(judged == AdherenceClass.NotScheduled),
            If(isWork),
            If(isWork && judged == AdherenceClass.Unknown),
            If(map.IsWork(stretch.Activity)));

        long If(bool condition) => condition ? seconds : 0;
    }

    private static decimal? Percent(long part, long whole) => whole == 0 ? null : 100m * part / whole;
}
