using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>The longest contiguous stretch of not-present and wrong, or of not-scheduled. It is judged as a whole.</summary>
/// <param name="BeganAs">The class that it begins with, whose tolerance it is judged by.</param>
/// <param name="Tolerated">It is no longer than that.</param>
public sealed record AdherenceRun(Instant Start, Instant End, AdherenceClass BeganAs, bool Tolerated);

/// <summary>A stretch in which neither what is scheduled nor what the agent does changes.</summary>
/// <param name="Start">UTC, inclusive.</param>
/// <param name="End">UTC, exclusive.</param>
/// <param name="Class">Before anything is tolerated.</param>
/// <param name="Scheduled">What the plan says, even where it does not count as scheduled; null for nothing.</param>
/// <param name="State">Null where the agent does nothing, or what he does is not known.</param>
/// <param name="Activity">What the state stands for; null where it is not mapped, or there is none.</param>
public sealed record AdherenceStretch(Instant Start, Instant End, AdherenceClass Class, ScheduledActivity? Scheduled, ActualState? State, string? Activity)
{
    /// <summary>Null where the class needs no tolerance.</summary>
    public AdherenceRun? Run { get; init; }

    /// <summary>The class that counts: what is tolerated is adherence, or nothing where nothing was scheduled.</summary>
    public AdherenceClass Judged => Run is not { Tolerated: true } ? Class : Class == AdherenceClass.NotScheduled ? AdherenceClass.Nothing : AdherenceClass.In;
}
