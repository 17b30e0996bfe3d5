using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>What a poll does next.</summary>
internal abstract record LiveStep
{
    private LiveStep()
    {
    }

    /// <summary>Nothing: Five9 is not asked now.</summary>
    /// <param name="Reason">Why, where nothing that happened says it.</param>
    internal sealed record Wait(string Reason) : LiveStep;

    /// <summary>Set up a session and ask for all states.</summary>
    internal sealed record Open : LiveStep;

    /// <summary>Ask for all states: the session is there.</summary>
    internal sealed record Snapshot : LiveStep;

    /// <summary>Ask what changed.</summary>
    internal sealed record Update(long Timestamp) : LiveStep;

    /// <summary>By what is known of the session. Pure.</summary>
    public static LiveStep Of(LiveSession session, Instant now, LiveOptions options)
    {
        if (session.BlockedUntil is { } blocked && blocked > now)
        {
            return new Wait($"Five9 is asked again at {blocked}.");
        }

        if (session is { SetAt: not null, Timestamp: { } timestamp })
        {
            return session.Updates.FullUntil(now, 1, options.Updates) is { } full ? new Wait($"All calls that Five9 allows for changes are used; it is asked again at {full}.") : new Update(timestamp);
        }

        if (session is { SetAt: null, TakenOver: true } && TakeBackAt(session, options) is { } at && at > now)
        {
            return new Wait($"The session is taken back at {at}.");
        }

        var snapshot = session.SetAt is not null;
        return session.Openings.FullUntil(now, snapshot ? 1 : 2, options.Openings) is { } turn ? new Wait($"All calls that Five9 allows for sessions are used; one is opened again at {turn}.")
            : snapshot ? new Snapshot()
            : new Open();
    }

    /// <summary>When a session that somebody else has may be taken back; null for at once.</summary>
    public static Instant? TakeBackAt(LiveSession session, LiveOptions options) => session.TakenBackAt + Duration.FromTimeSpan(options.TakeBack);
}
