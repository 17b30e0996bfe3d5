using System.Globalization;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// One shift of one agent, the same for the same seed, agent and date: log in, calls one after the other with every kind of
/// parallel states that Five9 is known for, breaks, log out. Cut at local midnight as the report does. Lengths are UTC lengths.
/// </summary>
internal sealed class GeneratedShift
{
    private const int Seconds = 8 * 3600;

    // No call begins later than this before the end: the longest one takes less.
    private const int MaxCall = 1200;

    private readonly List<GeneratedState> _states = [];
    private readonly GeneratedAgent _agent;
    private readonly LocalDate _date;
    private readonly Instant _start;
    private SplitMix64 _random;
    private int _now;
    private int _calls;

    private GeneratedShift(int seed, GeneratedAgent agent, LocalDate date, DateTimeZone zone)
    {
        _agent = agent;
        _date = date;
        _random = SplitMix64.Of(seed, agent.Number, (date - new LocalDate(2000, 1, 1)).Days);
        _start = zone.ResolveLocal(date + agent.ShiftStart, Resolvers.LenientResolver).ToInstant() + Duration.FromSeconds(_random.Next(-300, 600));
    }

    /// <summary>Rows by start as they came about; those after midnight belong to the next local date.</summary>
    public static IEnumerable<GeneratedState> Of(int seed, GeneratedAgent agent, LocalDate date, DateTimeZone zone)
    {
        if (!agent.WorksOn(date))
        {
            return [];
        }

        var shift = new GeneratedShift(seed, agent, date, zone);
        shift.Work();
        var midnight = zone.AtStartOfDay(date.PlusDays(1)).ToInstant();
        return shift._states.SelectMany(state => Cut(state, midnight)).SelectMany(shift.Spoil);
    }

    private static IEnumerable<GeneratedState> Cut(GeneratedState state, Instant midnight) =>
        state.Start < midnight && midnight < state.End
            ? [state with { End = midnight }, state with { Start = midnight }]
            : [state];

    /// <summary>Now and then a row comes twice, or one that nobody can use comes with it.</summary>
    private IEnumerable<GeneratedState> Spoil(GeneratedState state)
    {
        yield return state;
        if (_random.OneIn(1500))
        {
            yield return state;
        }

        if (_random.OneIn(2000))
        {
            yield return _random.Next(0, 3) switch
            {
                0 => state with { NoAgent = true },
                1 => state with { Length = "-00:00:07" },
                _ => state with { Length = "00:0x:30" },
            };
        }
    }

    private void Work()
    {
        var end = Seconds + _random.Next(0, 1200);
        Add("Login", 0, end);
        Add("Not Ready", 0, 0, "System");
        Add("Not Ready", 0, _now = _random.Next(5, 40), "Not Ready");

        var breaks = new Queue<(int Due, int Length, string Reason)>(
        [
            (7_200, _random.Next(600, 960), "Break"),
            (14_400, _random.Next(1_620, 1_980), "Lunch"),
            .. _random.OneIn(3) ? [(19_000, _random.Next(1_200, 1_800), "Coaching")] : Array.Empty<(int, int, string)>(),
            (22_500, _random.Next(600, 960), "Break"),
        ]);
        while (_now < end - MaxCall)
        {
            if (breaks.TryPeek(out var next) && next.Due <= _now)
            {
                breaks.Dequeue();
                Add("Not Ready", _now, _now += next.Length, next.Reason);
            }
            else
            {
                Call();
            }
        }

        Add("Ready", _now, end - 30);
        Add("Not Ready", end - 30, end, "System");
        Add("Logout", end, end, "End of Shift");
    }

    /// <summary>A call from waiting for it to the work after it. The commented cases are those of the overlap table.</summary>
    private void Call()
    {
        var call = new Ids($"3{_date.ToString("yyMMdd", CultureInfo.InvariantCulture)}{_agent.Number:D5}{++_calls:D3}", _random.OneIn(5) ? "Outbound" : "Inbound");
        var t = _now;
        var talk = _random.Next(90, 600);
        var wait = _random.Next(30, 220);
        switch (_random.Next(0, 30))
        {
            case 0: // one start, Ready the shorter
                Add("Ready", t, t + 5);
                Talk(call, t, t + talk);
                break;
            case 1: // three with one start
                Add("Ringing", t, t + 5, call: call);
                Add("Ready", t, t + 40);
                Talk(call, t, t + talk);
                break;
            case 2: // shorter first
                Add("Ready", t, t + 10);
                Talk(call, t + 5, t + 5 + talk);
                break;
            case 3: // longer first: the work after the call begins before it ends
                Wait(call, t, wait);
                Add("On Call", _now, _now + talk, call: call);
                Add("After Call Work", _now + talk - 5, _now + talk + 10, call: call);
                _now += talk + 10;
                break;
            case 4: // nested
                Add("Not Ready", t, t + talk + 200, "Coaching");
                Add("On Call", t + 60, t + 60 + talk, call: call);
                Add("On Hold", t + 80, t + 80 + 30, call: call);
                _now = t + talk + 200;
                break;
            case 5: // equal length, shifted
                Add("Ready", t, t + 10);
                Add("Ringing", t + 5, t + 15, call: call);
                Talk(call, t + 15, t + 15 + talk);
                break;
            case 6: // same start and end
                Add("Ready", t, t + 10);
                Add("Ringing", t, t + 10, call: call);
                Talk(call, t + 10, t + 10 + talk);
                break;
            case 7: // covered by shorter ones
                Add("Ready", t, t + 10);
                Add("Ringing", t, t + 6, call: call);
                Add("Not Ready", t + 4, t + 10, "System");
                Talk(call, t + 10, t + 10 + talk);
                break;
            case 8: // same end, and several inside
                Wait(call, t, wait);
                Add("On Call", _now, _now + talk, call: call);
                Add("On Hold", _now + 10, _now + 25, call: call);
                Add("On Hold", _now + talk - 20, _now + talk, call: call);
                _now += talk;
                break;
            case 9: // a marker, in the middle of nothing special
                Add("Ready", t, t, "");
                Wait(call, t, wait);
                Talk(call, _now, _now + talk);
                break;
            default:
                Wait(call, t, wait);
                if (_random.OneIn(4))
                {
                    Add("On Hold", _now + 20, _now + _random.Next(30, 60), call: call);
                }

                Talk(call, _now, _now + talk);
                break;
        }
    }

    private void Wait(Ids call, int from, int seconds)
    {
        var ring = _random.Next(3, 15);
        Add("Ready", from, from + seconds);
        Add("Ringing", from + seconds, _now = from + seconds + ring, call: call);
    }

    private void Talk(Ids call, int from, int to)
    {
        Add("On Call", from, to, call: call);
        Add("After Call Work", to, _now = to + _random.Next(10, 120), call: call);
    }

    private void Add(string state, int from, int to, string reason = "", Ids call = default) => _states.Add(
        new GeneratedState(_agent, state, reason, call.Id ?? "", call.Type ?? "", _start + Duration.FromSeconds(from), _start + Duration.FromSeconds(to)));

    private readonly record struct Ids(string Id, string Type);
}
