using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>All that adherence follows from, of one agent; each list in order of time and without overlaps.</summary>
/// <param name="Known">Where the states are known. Where they are not, a state counts for nothing.</param>
internal sealed record AgentActivity(IReadOnlyList<ScheduledActivity> Scheduled, IReadOnlyList<ActualState> States, IReadOnlyList<Interval> Known);
