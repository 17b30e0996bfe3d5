using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>Step 5: keeps what lies inside the local day and tells it as segments.</summary>
internal static class DayCut
{
    public static List<Segment> Segments(LocalDay day, IEnumerable<Stretch> stretches) => Runs(day, stretches).ConvertAll(run => ToSegment(day, run));

    /// <summary>The stretches of the day, those of one visible state that follow each other put together: each is a segment.</summary>
    public static List<Stretch> Runs(LocalDay day, IEnumerable<Stretch> stretches)
    {
        var runs = new List<Stretch>();
        foreach (var stretch in stretches.Where(stretch => stretch.Start >= day.Start && stretch.End <= day.End))
        {
            // What begins or ends underneath does not interrupt what is visible; and while a state lasts there is no gap.
            if (runs.Count > 0 && runs[^1].Visible == stretch.Visible)
            {
                runs[^1] = runs[^1] with { End = stretch.End, Active = runs[^1].Active.Union(stretch.Active) };
            }
            else
            {
                runs.Add(stretch);
            }
        }

        return runs;
    }

    public static Segment ToSegment(LocalDay day, Stretch run)
    {
        var state = run.Visible;
        var told = state.Whole.Last;
        return new Segment(
            told.Agent,
            told.AgentName,
            told.State,
            told.Kind,
            told.ReasonCode,
            told.CallId,
            run.Start,
            run.End,
            ReportedStart: state.Start,
            ReportedEnd: state.Whole.ReportedEnd,
            Adjusted: run.Start != Clip(day, state.Start) || run.End != Clip(day, state.Whole.ReportedEnd ?? state.End),
            state.Open,
            AlsoActive: run.Active.Without(told.Kind).ByRank(),
            ContinuesFromPreviousDay: state.Start < day.Start && run.Start == day.Start,
            ContinuesOnNextDay: state.End > day.End && run.End == day.End);
    }

    private static Instant Clip(LocalDay day, Instant instant) => Instant.Max(day.Start, Instant.Min(day.End, instant));
}
