using Five9Functions.AgentStates;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Tests.AgentStates;

/// <summary>
/// The rules of docs/overlap-rules.md once more, as slowly and plainly as they read: every question is asked of every state at every instant
/// at which anything changes. The properties compare the real thing with it, so it must not call any of it.
/// </summary>
internal sealed class NaiveTimeline
{
    private readonly LocalDay day;
    private readonly List<ReportedState> known;
    private readonly List<ReportedState> duplicates = [];

    public NaiveTimeline(LocalDay day, IEnumerable<ReportedState> rows)
    {
        this.day = day;
        known = rows.Where(row => Period.DaysBetween(day.Date, row.Day) is >= -7 and <= 1).ToList();
        FindDuplicates();
        States = Join(known.Except(duplicates, ReferenceEqualityComparer.Instance).Cast<ReportedState>().ToList());
        Close();
    }

    public sealed class State
    {
        public required List<ReportedState> Rows { get; init; }

        public Instant Start => Rows.Min(row => row.Start);

        public ReportedState LastRow => Rows.MaxBy(row => row.Start)!;

        public Instant? ReportedEnd => LastRow.End;

        public Instant End { get; set; }

        public bool Open { get; set; }

        public bool Covers(Instant instant) => Start <= instant && instant < End;
    }

    /// <summary>The states after open ones were closed, markers among them.</summary>
    public List<State> States { get; }

    /// <summary>Every instant at which anything can change, in order.</summary>
    public List<Instant> Instants => States.SelectMany(state => new[] { state.Start, state.End }).Append(day.Start).Append(day.End).Distinct().Order().ToList();

    public State? VisibleAt(Instant instant)
    {
        State? visible = null;
        foreach (var state in States.Where(state => state.Covers(instant)))
        {
            visible = visible is null || GoesBefore(state, visible) ? state : visible;
        }

        return visible;
    }

    public List<Segment> Segments()
    {
        var segments = new List<Segment>();
        var instants = Instants.Where(instant => instant >= day.Start && instant <= day.End).ToList();
        var at = 0;
        while (at < instants.Count - 1)
        {
            var visible = VisibleAt(instants[at]);
            var from = at++;
            while (at < instants.Count - 1 && VisibleAt(instants[at]) == visible)
            {
                at++;
            }

            if (visible is not null)
            {
                segments.Add(ToSegment(visible, instants[from], instants[at]));
            }
        }

        return segments;
    }

    public RowAccounting Rows()
    {
        var shown = Instants.Select(VisibleAt).ToHashSet();
        var (visible, absorbed, marker) = (0, 0, 0);
        foreach (var state in States)
        {
            var own = state.Rows.Count(row => row.Day == day.Date);
            _ = state.End == state.Start ? marker += own : shown.Contains(state) ? visible += own : absorbed += own;
        }

        return new RowAccounting(visible, absorbed, duplicates.Count(row => row.Day == day.Date), marker, 0);
    }

    private Segment ToSegment(State state, Instant start, Instant end)
    {
        var row = state.LastRow;
        var under = States.Where(other => other.Start < end && start < other.End && other.End > other.Start);
        var told = new[] { state.Start, state.ReportedEnd ?? state.End }
            .Select(instant => instant < day.Start ? day.Start : instant > day.End ? day.End : instant).ToList();
        return new Segment(
            row.Agent, row.AgentName, row.State, row.Kind, row.ReasonCode, row.CallId, start, end, state.Start, state.ReportedEnd,
            Adjusted: start != told[0] || end != told[1],
            state.Open,
            under.Select(other => other.LastRow.Kind).Where(kind => kind != row.Kind).Distinct().OrderBy(kind => (int)kind).ToList(),
            ContinuesFromPreviousDay: state.Start < day.Start && start == day.Start,
            ContinuesOnNextDay: state.End > day.End && end == day.End);
    }

    private static (string, string, string) Word(ReportedState row) => (row.State, row.ReasonCode, row.CallId);

    private Instant Midnight(LocalDate date) => day.Zone.AtStartOfDay(date).ToInstant();

    private void FindDuplicates()
    {
        foreach (var same in known.GroupBy(row => (Word(row), row.Start, row.Length)))
        {
            duplicates.AddRange(same.OrderBy(row => row.Canonical, StringComparer.Ordinal).Skip(1));
        }

        var once = known.Except(duplicates, ReferenceEqualityComparer.Instance).Cast<ReportedState>().ToList();
        duplicates.AddRange(once.Where(piece =>
            piece.Start == Midnight(piece.Day) && piece.Length > Duration.Zero
            && once.Any(uncut => Word(uncut) == Word(piece) && uncut.Start < piece.Start && uncut.End == piece.End)));
    }

    private List<State> Join(List<ReportedState> rows)
    {
        var states = rows.Select(row => new State { Rows = [row] }).ToList();
        foreach (var midnight in new[] { day.Start, day.End })
        {
            while (true)
            {
                var pairs =
                    from left in states
                    where left.ReportedEnd == midnight && left.Start < midnight
                    from right in states
                    where right.Start == midnight && right.ReportedEnd != midnight
                    where right.ReportedEnd is not null || right.LastRow.Kind != StateKind.LoggedOut
                    where Word(left.LastRow) == Word(right.LastRow)
                    orderby left.Start, right.ReportedEnd is null ? 0 : 1, right.ReportedEnd descending
                    select (left, right);
                var pair = pairs.FirstOrDefault();
                if (pair.left is null)
                {
                    break;
                }

                states.Remove(pair.left);
                states.Remove(pair.right);
                states.Add(new State { Rows = [.. pair.left.Rows, .. pair.right.Rows] });
            }
        }

        return states;
    }

    private void Close()
    {
        foreach (var state in States)
        {
            var last = state.LastRow;
            var loggedOut = last.Kind == StateKind.LoggedOut;
            if (loggedOut && last.Length is null)
            {
                state.End = state.Start;
            }
            else if (last.End == state.Start)
            {
                state.End = state.Start;
            }
            else if (last.End is { } end && end < last.AsOf)
            {
                state.End = end;
            }
            else
            {
                var seen = state.Rows[0];
                foreach (var piece in state.Rows)
                {
                    if (piece.AsOf > piece.Start)
                    {
                        seen = piece;
                    }
                }

                var asOf = seen.AsOf - Duration.FromNanoseconds(seen.AsOf.ToUnixTimeTicks() % 10_000_000 * 100);
                var endOfDay = Midnight(seen.Day.PlusDays(1));
                state.End = new[] { asOf < endOfDay ? asOf : endOfDay, seen.Start }.Max();
                state.Open = true;
                foreach (var logout in States.Where(other => other != state && other.LastRow.Kind == StateKind.LoggedOut))
                {
                    var after = loggedOut ? logout.Start > state.Start : logout.Start >= state.Start;
                    if (after && logout.Start <= state.End)
                    {
                        state.End = logout.Start;
                        state.Open = false;
                    }
                }
            }
        }
    }

    private static bool GoesBefore(State one, State other)
    {
        if (one.Open != other.Open)
        {
            return other.Open;
        }

        var shorter = one.Open ? other.Start.CompareTo(one.Start) : (one.End - one.Start).CompareTo(other.End - other.Start);
        int[] signs =
        [
            shorter,
            one.Start.CompareTo(other.Start),
            ((int)one.LastRow.Kind).CompareTo((int)other.LastRow.Kind),
            .. Words(one).Zip(Words(other), string.CompareOrdinal),
        ];
        return Array.Find(signs, sign => sign != 0) < 0;
    }

    private static string[] Words(State state) =>
        [state.LastRow.State, state.LastRow.ReasonCode, state.LastRow.CallId, state.Rows[0].Canonical];
}
