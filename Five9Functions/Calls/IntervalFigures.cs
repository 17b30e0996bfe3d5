namespace Five9Functions.Calls;

/// <summary>
/// The figures of one queue in one interval: counts and sums of whole seconds, so intervals add up to longer ones. docs/calls.md says
/// what each means. All belong to the quarter hour in which the contact first queued, those of other calls to that of the leg.
/// </summary>
public readonly record struct IntervalFigures
{
    /// <summary>The columns in the order in which tables and exports write them.</summary>
    public static readonly IReadOnlyList<(string Name, Func<IntervalFigures, long> Value)> Columns =
    [
        ("offered", f => f.Offered),
        ("answered", f => f.Answered),
        ("abandoned", f => f.Abandoned),
        ("abandonedShort", f => f.AbandonedShort),
        ("diverted", f => f.Diverted),
        ("transferredIn", f => f.TransferredIn),
        ("answeredWithin", f => f.AnsweredWithin),
        ("abandonedWithin", f => f.AbandonedWithin),
        ("talkSeconds", f => f.TalkSeconds),
        ("holdSeconds", f => f.HoldSeconds),
        ("afterCallWorkSeconds", f => f.AfterCallWorkSeconds),
        ("handleSeconds", f => f.HandleSeconds),
        ("waitSecondsAnswered", f => f.WaitSecondsAnswered),
        ("waitSecondsAbandoned", f => f.WaitSecondsAbandoned),
        ("ivrOnly", f => f.IvrOnly),
        ("otherHandleSeconds", f => f.OtherHandleSeconds),
        ("outbound", f => f.Outbound),
        ("outboundHandleSeconds", f => f.OutboundHandleSeconds),
        ("outboundAttempts", f => f.OutboundAttempts),
    ];

    /// <summary>Contacts that queued: answered, abandoned or diverted.</summary>
    public long Offered { get; init; }

    public long Answered { get; init; }

    public long Abandoned { get; init; }

    /// <summary>Abandoned within the threshold for short ones.</summary>
    public long AbandonedShort { get; init; }

    /// <summary>Left the queue for somewhere else.</summary>
    public long Diverted { get; init; }

    /// <summary>Came from another queue of the same call.</summary>
    public long TransferredIn { get; init; }

    public long AnsweredWithin { get; init; }

    public long AbandonedWithin { get; init; }

    public long TalkSeconds { get; init; }

    /// <summary>Hold and park.</summary>
    public long HoldSeconds { get; init; }

    public long AfterCallWorkSeconds { get; init; }

    public long HandleSeconds { get; init; }

    public long WaitSecondsAnswered { get; init; }

    public long WaitSecondsAbandoned { get; init; }

    /// <summary>Calls that never reached a queue.</summary>
    public long IvrOnly { get; init; }

    /// <summary>Voicemails, and what third parties did that belongs to no contact.</summary>
    public long OtherHandleSeconds { get; init; }

    public long Outbound { get; init; }

    public long OutboundHandleSeconds { get; init; }

    public long OutboundAttempts { get; init; }

    public static IntervalFigures operator +(IntervalFigures left, IntervalFigures right) => new()
    {
        Offered = left.Offered + right.Offered,
        Answered = left.Answered + right.Answered,
        Abandoned = left.Abandoned + right.Abandoned,
        AbandonedShort = left.AbandonedShort + right.AbandonedShort,
        Diverted = left.Diverted + right.Diverted,
        TransferredIn = left.TransferredIn + right.TransferredIn,
        AnsweredWithin = left.AnsweredWithin + right.AnsweredWithin,
        AbandonedWithin = left.AbandonedWithin + right.AbandonedWithin,
        TalkSeconds = left.TalkSeconds + right.TalkSeconds,
        HoldSeconds = left.HoldSeconds + right.HoldSeconds,
        AfterCallWorkSeconds = left.AfterCallWorkSeconds + right.AfterCallWorkSeconds,
        HandleSeconds = left.HandleSeconds + right.HandleSeconds,
        WaitSecondsAnswered = left.WaitSecondsAnswered + right.WaitSecondsAnswered,
        WaitSecondsAbandoned = left.WaitSecondsAbandoned + right.WaitSecondsAbandoned,
        IvrOnly = left.IvrOnly + right.IvrOnly,
        OtherHandleSeconds = left.OtherHandleSeconds + right.OtherHandleSeconds,
        Outbound = left.Outbound + right.Outbound,
        OutboundHandleSeconds = left.OutboundHandleSeconds + right.OutboundHandleSeconds,
        OutboundAttempts = left.OutboundAttempts + right.OutboundAttempts,
    };
}
