using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.Adherence;

/// <summary>The rules of adherence: docs/adherence.md. Pure.</summary>
internal static class AdherenceTimeline
{
    /// <summary>
    /// How far around a window the stretches have to be known to judge those in it: a run that reaches this far beyond its edge is longer
    /// than any tolerance, so it is out wherever it begins or ends, and whatever it begins with.
    /// </summary>
    public static readonly Duration Margin = Tolerances.Max + Duration.FromSeconds(1);

    /// <summary>What every moment of <paramref name="extent"/> is, in order and without holes; runs are those within it.</summary>
    public static IReadOnlyList<AdherenceStretch> Of(AgentActivity agent, ActivityMap map, Interval extent)
    {
        var scheduled = new Cursor<ScheduledActivity>(agent.Scheduled, a => a.Start, a => a.End);
        var states = new Cursor<ActualState>(agent.States, s => s.Start, s => s.End);
        var known = new Cursor<Interval>(agent.Known, i => i.Start, i => i.End);
        var stretches = new List<AdherenceStretch>();
        for (var at = extent.Start; at < extent.End;)
        {
            var end = extent.End;
            var planned = scheduled.Find(at, ref end, out var p) ? p : null;
            var isKnown = known.Find(at, ref end, out _);
            var state = states.Find(at, ref end, out var s) && isKnown && s.Kind != StateKind.LoggedOut ? s : null;
            var activity = state is null ? null : map.ActivityOf(state);
            stretches.Add(new(at, end, Classify(planned, isKnown, state, activity, map), planned, state, activity));
            at = end;
        }

        Judge(stretches, map.Rules.Tolerances);
        return stretches;
    }

    private static AdherenceClass Classify(ScheduledActivity? planned, bool isKnown, ActualState? state, string? activity, ActivityMap map)
    {
        if (planned is null || !planned.Type.IsScheduled())
        {
            return state is null ? AdherenceClass.Nothing : AdherenceClass.NotScheduled;
        }

        return !isKnown ? AdherenceClass.Unknown
            : state is null ? AdherenceClass.NotPresent
            : map.Satisfies(planned, state, activity) ? AdherenceClass.In
            : AdherenceClass.Wrong;
    }

    private static void Judge(List<AdherenceStretch> stretches, Tolerances tolerances)
    {
        for (var first = 0; first < stretches.Count;)
        {
            var began = stretches[first].Class;
            if (ToleranceOf(began, tolerances) is not { } tolerance)
            {
                first++;
                continue;
            }

            var after = first + 1;
            while (after < stretches.Count && IsOfOneRun(began, stretches[after].Class))
            {
                after++;
            }

            var (start, end) = (stretches[first].Start, stretches[after - 1].End);
            var run = new AdherenceRun(start, end, began, end - start <= tolerance);
            for (; first < after; first++)
            {
                stretches[first] = stretches[first] with { Run = run };
            }
        }
    }

    /// <summary>Null for a class that needs none.</summary>
    internal static Duration? ToleranceOf(AdherenceClass began, Tolerances tolerances) => began switch
    {
        AdherenceClass.NotPresent => tolerances.NotPresent,
        AdherenceClass.Wrong => tolerances.Wrong,
        AdherenceClass.NotScheduled => tolerances.NotScheduled,
        _ => null,
    };

    private static bool IsOfOneRun(AdherenceClass began, AdherenceClass next) =>
        began == AdherenceClass.NotScheduled ? next == began : next is AdherenceClass.NotPresent or AdherenceClass.Wrong;

    /// <summary>Goes through disjoint spans in order of time.</summary>
    private sealed class Cursor<T>(IReadOnlyList<T> spans, Func<T, Instant> start, Func<T, Instant> end)
    {
        private int _next;

        /// <summary>The span that holds an instant, which is never before the one that was asked for last.</summary>
        /// <param name="until">Set to where the answer changes, if that is earlier.</param>
        public bool Find(Instant at, ref Instant until, out T found)
        {
            while (_next < spans.Count && end(spans[_next]) <= at)
            {
                _next++;
            }

            found = default!;
            if (_next == spans.Count)
            {
                return false;
            }

            var holds = start(spans[_next]) <= at;
            until = Instant.Min(until, holds ? end(spans[_next]) : start(spans[_next]));
            found = spans[_next];
            return holds;
        }
    }
}
