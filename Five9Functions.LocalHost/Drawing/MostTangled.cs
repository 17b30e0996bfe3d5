using Five9Functions.AgentStates;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>
/// Finds the minutes of an agent's day that show best what overlaps are: many of them, of different kinds, long enough to be seen,
/// and whole. The login around the shift overlaps everything and says nothing.
/// </summary>
internal static class MostTangled
{
    private const int MaxOverlaps = 500;
    private const int SeenWell = 120;
    private const int ForEach = 20;
    private const int ForEachKind = 60;

    private static readonly Duration Before = Duration.FromMinutes(1);

    /// <summary>The window of that length and what it is worth; null when nothing overlaps.</summary>
    /// <param name="length">Whole minutes.</param>
    public static (Interval Window, int Worth)? Find(IReadOnlyList<ReportedState> rows, LocalDay day, Duration length)
    {
        var overlaps = Overlaps(rows).Take(MaxOverlaps).ToList();
        return overlaps
            .Select(o => WholeMinute(o.Start - Before))
            .Distinct()
            .Where(from => from >= day.Start && from + length <= day.End)
            .Select(from => new Interval(from, from + length))
            .Select(window => (Window: window, Worth: Worth(overlaps, window)))
            .Where(found => found.Worth > 0)
            .Select(found => ((Interval, int)?)found)
            .MaxBy(found => found!.Value.Item2);
    }

    private static int Worth(IEnumerable<Overlap> overlaps, Interval window)
    {
        var whole = overlaps.Where(o => o.Start >= window.Start && o.End <= window.End).ToList();
        return whole.Sum(o => Math.Min(o.Seconds, SeenWell) + ForEach) + ForEachKind * whole.Select(o => o.Kinds).Distinct().Count();
    }

    private static IEnumerable<Overlap> Overlaps(IEnumerable<ReportedState> rows)
    {
        var states = rows
            .Where(r => r.Kind != StateKind.Login && r.End > r.Start)
            .DistinctBy(r => (r.State, r.Start, r.End, r.CallId))
            .OrderBy(r => r.Start).ThenByDescending(r => r.End)
            .ToList();
        for (var i = 0; i < states.Count; i++)
        {
            for (var j = i + 1; j < states.Count && states[j].Start < states[i].End; j++)
            {
                yield return new Overlap(states[i], states[j]);
            }
        }
    }

    private static Instant WholeMinute(Instant instant) => Instant.FromUnixTimeSeconds((instant.ToUnixTimeSeconds() + 59) / 60 * 60);

    /// <summary>Two states at once; the first began first.</summary>
    private readonly record struct Overlap(ReportedState First, ReportedState Second)
    {
        public Instant Start => First.Start;

        public Instant End => Instant.Max(First.End!.Value, Second.End!.Value);

        public int Seconds => (int)(Instant.Min(First.End!.Value, Second.End!.Value) - Second.Start).TotalSeconds;

        public (StateKind First, StateKind Second, bool Inside) Kinds => (First.Kind, Second.Kind, Second.End <= First.End);
    }
}
