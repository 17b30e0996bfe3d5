namespace Five9Functions.Calls;

/// <summary>A leg in its call, measured by the rules: what was worked, how long the caller waited. Seconds are rounded once, half up.</summary>
internal sealed class MeasuredLeg
{
    private const long Tolerance = 1_000;

    public MeasuredLeg(CallLeg leg, int index, string queue, CallRules rules)
    {
        Leg = leg;
        Index = index;
        Queue = queue;
        Worked = leg.Agent.Length > 0
            && (leg.Talk > 0 || leg.Hold > 0 || leg.Park > 0 || leg.AfterCallWork > 0)
            && !(leg.Abandoned == AbandonedFlag.Yes && leg.Talk == 0);
        Queued = leg.QueueWait > 0 || leg.Ring > 0 || leg.Abandoned == AbandonedFlag.Yes || Worked;

        var given = Worked ? leg.SpeedOfAnswer : leg.Abandoned == AbandonedFlag.No ? null : leg.TimeToAbandon;
        var ring = rules.WaitIncludesRing ? leg.Ring : 0;
        Wait = given ?? leg.QueueWait + ring;
        WaitSeconds = given is { } told ? Seconds(told) : Seconds(leg.QueueWait) + Seconds(ring);

        Work = Worked ? Measured(leg, rules) : default;
        HandleTimeDiffers = Worked && leg.Handle is { } handle && Math.Abs(handle - HandleOf(leg, rules)) > Tolerance;
    }

    public CallLeg Leg { get; }

    /// <summary>Its place in the call.</summary>
    public int Index { get; }

    public string Queue { get; }

    /// <summary>An agent worked on it.</summary>
    public bool Worked { get; }

    /// <summary>It waited for an agent, or reached one.</summary>
    public bool Queued { get; }

    /// <summary>In milliseconds.</summary>
    public long Wait { get; }

    public long WaitSeconds { get; }

    /// <summary>Talk, hold, after-call work and handle time; nothing when nobody worked.</summary>
    public IntervalFigures Work { get; }

    /// <summary>HANDLE TIME and what its parts add up to are more than a second apart.</summary>
    public bool HandleTimeDiffers { get; }

    /// <summary>It makes or joins a contact of its queue.</summary>
    public bool MakesContact => Leg.Type == CallType.Inbound ? Queued : Leg.Type == CallType.QueueCallback && Worked;

    private static IntervalFigures Measured(CallLeg leg, CallRules rules)
    {
        var hold = Seconds(leg.Hold) + Seconds(leg.Park);
        var talk = TalkOf(Seconds(leg.Talk), hold, rules);
        var afterCallWork = Seconds(leg.AfterCallWork);
        return new IntervalFigures
        {
            TalkSeconds = talk,
            HoldSeconds = hold,
            AfterCallWorkSeconds = afterCallWork,
            HandleSeconds = leg.Handle is { } handle ? Seconds(handle) : talk + hold + afterCallWork,
        };
    }

    private static long HandleOf(CallLeg leg, CallRules rules)
    {
        var hold = leg.Hold + leg.Park;
        return TalkOf(leg.Talk, hold, rules) + hold + leg.AfterCallWork;
    }

    private static long TalkOf(long talk, long hold, CallRules rules) => rules.TalkIncludesHold ? Math.Max(0, talk - hold) : talk;

    private static long Seconds(long milliseconds) => (milliseconds + 500) / 1_000;
}
