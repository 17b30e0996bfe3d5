using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>Tells from what the steps found out which rule changed what.</summary>
internal static class TimelineExplanation
{
    private const int MaxNamed = 10;

    public static ExplainedDay Of(LocalDay day, ResolvedDay resolved)
    {
        var shown = resolved.Stretches.Select(stretch => stretch.Visible).ToHashSet();
        return new(
            [.. DayCut.Runs(day, resolved.Stretches).Select(run => Explain(day, run, resolved))],
            [
                .. Duplicated(resolved)
                    .Concat(resolved.States.Where(state => !shown.Contains(state)).SelectMany(state => Hidden(state, resolved)))
                    .Where(hidden => hidden.Row.Day == day.Date)
                    .OrderBy(hidden => hidden.Row.Start)
                    .ThenBy(hidden => hidden.Row.Canonical, StringComparer.Ordinal),
            ]);
    }

    private static ExplainedSegment Explain(LocalDay day, Stretch run, ResolvedDay resolved)
    {
        var state = run.Visible;
        var rules = new List<AppliedRule>();
        rules.AddRange(state.Whole.Pieces.Skip(1).Select(piece => new AppliedRule(TimelineRule.JoinedAtMidnight, piece.Start)));
        if (state.Open)
        {
            rules.Add(new(TimelineRule.StillOpen, state.End));
        }
        else if (state.End != state.Whole.ReportedEnd)
        {
            var logout = resolved.States.FirstOrDefault(other => other.Whole.Kind == StateKind.LoggedOut && other.Start == state.End);
            rules.Add(new(TimelineRule.EndedByLogout, state.End, logout?.Whole.First));
        }

        if (state.Start < run.Start)
        {
            // The state was there before, so something else was visible or the day had not begun.
            var before = resolved.Stretches.First(stretch => stretch.End == run.Start).Visible;
            rules.Add(before == state ? new(TimelineRule.CutAtMidnight, day.Start) : Yields(TimelineRule.YieldsAtStart, run.Start, before, state));
        }

        if (run.End < state.End)
        {
            var after = resolved.Stretches.First(stretch => stretch.Start == run.End).Visible;
            rules.Add(after == state ? new(TimelineRule.CutAtMidnight, day.End) : Yields(TimelineRule.YieldsAtEnd, run.End, after, state));
        }

        return new(DayCut.ToSegment(day, run), state.Whole.Pieces, rules);
    }

    private static AppliedRule Yields(TimelineRule rule, Instant? at, BoundedState to, BoundedState state) => new(rule, at, to.Whole.First, YieldOrder.ReasonOf(to, state));

    private static IEnumerable<HiddenRow> Hidden(BoundedState state, ResolvedDay resolved)
    {
        IReadOnlyList<AppliedRule> rules = state.IsMarker
            ? [new(TimelineRule.NoLength, state.Start)]
            :
            [
                .. resolved.Stretches
                    .Where(stretch => stretch.Start < state.End && stretch.End > state.Start)
                    .Select(stretch => stretch.Visible)
                    .Distinct()
                    .Take(MaxNamed)
                    .Select(visible => Yields(TimelineRule.AlwaysUnder, null, visible, state)),
            ];
        return state.Whole.Pieces.Select(piece => new HiddenRow(piece, state.IsMarker ? HiddenClass.Marker : HiddenClass.Absorbed, rules));
    }

    private static IEnumerable<HiddenRow> Duplicated(ResolvedDay resolved)
    {
        // By reference: rows can be the same to the letter.
        var once = resolved.Once.ToHashSet<ReportedState>(ReferenceEqualityComparer.Instance);
        foreach (var row in resolved.Known.Where(row => !once.Contains(row)))
        {
            var same = resolved.Once.Where(kept => (kept.State, kept.ReasonCode, kept.CallId, kept.End) == (row.State, row.ReasonCode, row.CallId, row.End)).ToList();
            var twin = same.Find(kept => kept.Start == row.Start);
            yield return new(row, HiddenClass.Duplicate, [twin is not null ? new(TimelineRule.SameRowTwice, By: twin) : new(TimelineRule.ReopenedPiece, row.Start, same.MinBy(kept => kept.Start))]);
        }
    }
}
