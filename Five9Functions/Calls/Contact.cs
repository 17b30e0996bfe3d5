namespace Five9Functions.Calls;

/// <summary>One call in one queue. It is answered, abandoned or diverted, once, however often it came back to the queue.</summary>
internal sealed class Contact(string queue)
{
    private readonly List<MeasuredLeg> _inbound = [];
    private MeasuredLeg? _callback;
    private MeasuredLeg? _firstAnswered;
    private IntervalFigures _work;

    public string Queue => queue;

    /// <summary>Its place among the contacts of the call, from 1, by arrival.</summary>
    public int Number { get; set; }

    /// <summary>Its arrival in the queue: the first leg that queued there. A callback is one only where the queue never had the caller.</summary>
    public MeasuredLeg Arrival => _inbound.Count > 0 ? _inbound[0] : _callback!;

    public bool IsAnswered => _firstAnswered is not null;

    /// <summary>An inbound leg that queued, or a callback that an agent worked on. In the order of the call.</summary>
    public void Add(MeasuredLeg leg)
    {
        if (leg.Leg.Type == CallType.Inbound)
        {
            _inbound.Add(leg);
        }
        else
        {
            _callback ??= leg;
        }

        if (leg.Worked)
        {
            _firstAnswered ??= leg;
            _work += leg.Work;
        }
    }

    /// <summary>Work of a third party on an answered contact.</summary>
    public void AddWork(MeasuredLeg leg) => _work += leg.Work;

    /// <param name="lastOfCall">The place of the call's last leg.</param>
    public IntervalFigures Figures(int lastOfCall, CallThresholds thresholds)
    {
        var offered = new IntervalFigures { Offered = 1, TransferredIn = Number > 1 ? 1 : 0 };
        if (_firstAnswered is not null)
        {
            return offered + Answered(_firstAnswered, thresholds) + _work;
        }

        // A flag that says nothing leaves it to what came after: nothing did, so the caller was gone.
        var last = _inbound[^1];
        var abandoned = last.Leg.Abandoned == AbandonedFlag.Yes || (last.Leg.Abandoned == AbandonedFlag.Unsaid && last.Index == lastOfCall);
        return offered + (abandoned ? Abandoned(thresholds) : new IntervalFigures { Diverted = 1 });
    }

    private IntervalFigures Answered(MeasuredLeg first, CallThresholds thresholds)
    {
        // Whoever is called back waited in the queue, and not for the callback: its answer is never in time.
        var calledBack = first.Leg.Type == CallType.QueueCallback && _inbound.Count > 0;
        var (wait, seconds) = Wait(_inbound.Count > 0 ? _inbound.TakeWhile(leg => leg.Index <= first.Index) : [first]);
        return new IntervalFigures
        {
            Answered = 1,
            AnsweredWithin = !calledBack && wait <= thresholds.ServiceLevel.TotalMilliseconds ? 1 : 0,
            WaitSecondsAnswered = seconds,
        };
    }

    private IntervalFigures Abandoned(CallThresholds thresholds)
    {
        var (wait, seconds) = Wait(_inbound);
        return new IntervalFigures
        {
            Abandoned = 1,
            AbandonedShort = wait <= thresholds.ShortAbandon.TotalMilliseconds ? 1 : 0,
            AbandonedWithin = wait <= thresholds.ServiceLevel.TotalMilliseconds ? 1 : 0,
            WaitSecondsAbandoned = seconds,
        };
    }

    private static (long Milliseconds, long Seconds) Wait(IEnumerable<MeasuredLeg> legs)
    {
        var (milliseconds, seconds) = (0L, 0L);
        foreach (var leg in legs)
        {
            milliseconds += leg.Wait;
            seconds += leg.WaitSeconds;
        }

        return (milliseconds, seconds);
    }
}
