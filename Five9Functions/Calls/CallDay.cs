using System.Runtime.InteropServices;
using NodaTime;

namespace Five9Functions.Calls;

/// <summary>
/// The figures of one local day, call by call: a pure function of the legs in the raw days that <see cref="CallContext"/> names,
/// whatever their order. A contact counts on the day it arrived in its queue, every other leg on its own. Holds the figures, never the legs.
/// </summary>
public sealed class CallDay(LocalDate day, CallRules rules)
{
    private const int MaxWordsTold = 10;

    private readonly Dictionary<(string Queue, Instant Start), IntervalFigures> _intervals = [];
    private readonly Dictionary<string, QueueSighting> _queues = [];
    private readonly SortedDictionary<string, UnknownCallType> _unknownTypes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _readAsNone = new(StringComparer.Ordinal);

    /// <summary>What became of the day's rows so far. Quarantined ones never get here.</summary>
    public CallAccounting Rows { get; private set; }

    /// <summary>Worked rows whose HANDLE TIME is more than a second off what its parts add up to.</summary>
    public int HandleTimeDiffers { get; private set; }

    /// <summary>Call types that are not known, with their rows and their work; by name, the first that came.</summary>
    public IReadOnlyCollection<UnknownCallType> UnknownTypes => _unknownTypes.Values;

    /// <summary>Words in brackets that were read as none although they are not [None]; the first ten by name.</summary>
    public IReadOnlyCollection<string> ReadAsNone => _readAsNone;

    /// <summary>Those that are not all zero, by queue (ordinal), then start.</summary>
    public IReadOnlyList<QueueInterval> Intervals =>
    [
        .. _intervals
            .Where(interval => interval.Value != default)
            .Select(interval => new QueueInterval(interval.Key.Queue, interval.Key.Start, interval.Value))
            .OrderBy(interval => interval.Queue, StringComparer.Ordinal)
            .ThenBy(interval => interval.Start),
    ];

    /// <summary>The queues of the day's legs, whatever these count as; ordinal.</summary>
    public IReadOnlyList<QueueSighting> Queues => [.. _queues.Values.OrderBy(queue => queue.Queue, StringComparer.Ordinal)];

    /// <summary>The day from legs of any calls in any order. A raw day gives them call by call: then <see cref="Add"/> holds one call at a time.</summary>
    public static (CallDay Day, IReadOnlyList<ClassifiedLeg> Legs) Of(LocalDate day, IEnumerable<CallLeg> legs, CallRules rules)
    {
        var figures = new CallDay(day, rules);
        var classified = legs.GroupBy(leg => leg.CallId).SelectMany(call => figures.Add([.. call])).ToList();
        return (figures, classified);
    }

    /// <summary>Adds a call, once, and returns what became of its legs of the day in the order of the call; a twin is counted and left out.</summary>
    /// <param name="legs">All legs of one CALL ID in the raw days D-2 to D+1, in any order.</param>
    /// <exception cref="ArgumentException">The legs are those of more than one CALL ID.</exception>
    public IReadOnlyList<ClassifiedLeg> Add(IReadOnlyList<CallLeg> legs)
    {
        RequireOneCall(legs);
        var known = CallContext.CallOf(day, legs);
        if (known.Count == 0)
        {
            return [];
        }

        var once = ExactTwins.Remove(known);
        var call = new Call(once, rules);
        foreach (var (at, queue, figures) in call.Figures())
        {
            if (at.Leg.Day == day)
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_intervals, (queue, QueueInterval.StartOf(at.Leg.Start)), out _) += figures;
            }
        }

        var classified = new List<ClassifiedLeg>(once.Count);
        foreach (var leg in call.Legs.Where(leg => leg.Leg.Day == day))
        {
            classified.Add(call.Classified(leg));
            Count(leg, classified[^1].Class);
        }

        Rows += new CallAccounting { Duplicate = known.Count(leg => leg.Day == day) - classified.Count };
        return classified;
    }

    private static void RequireOneCall(IReadOnlyList<CallLeg> legs)
    {
        for (var i = 1; i < legs.Count; i++)
        {
            if (legs[i].CallId != legs[0].CallId)
            {
                throw new ArgumentException($"The legs added together are of one call, but these are of '{legs[0].CallId}' and '{legs[i].CallId}': group them by CALL ID first.", nameof(legs));
            }
        }
    }

    private void Count(MeasuredLeg leg, LegClass legClass)
    {
        Rows += CallAccounting.Of(legClass);
        HandleTimeDiffers += leg.HandleTimeDiffers ? 1 : 0;
        var start = leg.Leg.Start;
        ref var queue = ref CollectionsMarshal.GetValueRefOrAddDefault(_queues, leg.Queue, out var known);
        queue = known
            ? queue with { FirstSeen = Instant.Min(queue.FirstSeen, start), LastSeen = Instant.Max(queue.LastSeen, start) }
            : new QueueSighting(leg.Queue, start, start);
        if (legClass == LegClass.Unclassified)
        {
            UnknownCallType.Count(_unknownTypes, leg.Leg.TypeName, ((leg.Leg.Talk + 500) / 1_000) + ((leg.Leg.AfterCallWork + 500) / 1_000));
        }

        if (leg.Leg.ReadAsNone is { } word)
        {
            _readAsNone.Add(word);
            if (_readAsNone.Count > MaxWordsTold)
            {
                _readAsNone.Remove(_readAsNone.Max!);
            }
        }
    }
}
