using Five9Functions.Five9;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>How a session goes on from what happened. Pure.</summary>
internal static class LiveSessionSteps
{
    /// <summary>A poll that takes longer, or whose message was lost, keeps the next one waiting no longer than this.</summary>
    public static readonly Duration LongestPoll = Duration.FromSeconds(75);

    // A person has to change something first, and each try costs of what little is allowed.
    private static readonly Duration PauseForAPerson = Duration.FromMinutes(10);

    private static readonly Duration Doubt = Duration.FromMinutes(1);

    private static readonly Duration MaxPause = Duration.FromHours(1);

    /// <summary>The next poll is asked for.</summary>
    public static LiveSession Asked(this LiveSession session, Instant now)
    {
        var next = session with { Poll = session.Poll + 1, UnderWayUntil = now + LongestPoll, Calls = 0 };
        return session.UnderWayUntil is { } lost ? next with { Missed = session.Missed + 1, Reason = $"The poll that was to end by {lost} did not." } : next;
    }

    /// <summary>What counts against Five9's limits is counted before it is done.</summary>
    public static LiveSession Opening(this LiveSession session, LiveStep step, Instant now) => step is LiveStep.Open
        ? session with { SetAt = null, Timestamp = null, Openings = session.Openings.Counted(now, 2), TakenBackAt = session.TakenOver ? now : session.TakenBackAt }
        : session with { Openings = session.Openings.Counted(now) };

    /// <summary>The answer to a call that asked for all states, or for changes.</summary>
    /// <param name="timestamp">Null where Five9 gave none.</param>
    /// <param name="goesOn">More may be there already, and is asked for at once.</param>
    public static LiveSession Answered(this LiveSession session, long? timestamp, bool goesOn, Instant now) => session with
    {
        Timestamp = timestamp ?? session.Timestamp,
        AsOf = now,
        Missed = 0,
        Reason = "",
        TakenOver = false,
        BlockedUntil = null,
        Refusals = 0,
        EmptyAt = null,
        Calls = goesOn ? session.Calls + 1 : 0,
        UnderWayUntil = goesOn ? now + LongestPoll : null,
    };

    /// <summary>No answer came, or none was asked for.</summary>
    /// <param name="reason">Counts where nothing that happened says why.</param>
    public static LiveSession Waiting(this LiveSession session, string reason) =>
        session.Done() with { Missed = session.Missed + 1, Reason = session is { Missed: > 0, Reason.Length: > 0 } ? session.Reason : reason };

    /// <summary>A whole answer without an agent is believed if one came as long before, as an empty report is.</summary>
    public static bool ConfirmsEmpty(this LiveSession session, Instant now) => session.EmptyAt is { } earlier && earlier + Doubt <= now;

    /// <summary>A whole answer without an agent is not believed: everybody stays in the state that is known, and all states are asked for again.</summary>
    /// <param name="held">Agents that are held and are not logged out.</param>
    public static LiveSession Doubted(this LiveSession session, int held, Instant now)
    {
        var first = session.EmptyAt ?? now;
        return session.Done() with
        {
            Timestamp = null,
            EmptyAt = first,
            BlockedUntil = first + Doubt,
            Missed = session.Missed + 1,
            Reason = $"Five9 answered without a single agent while {held} were logged in: that is believed if it answers so again from {first + Doubt} on.",
        };
    }

    /// <summary>The session is another integration's.</summary>
    public static LiveSession LeftOut(this LiveSession session, string reason) => session.Done() with { SetAt = null, Timestamp = null, Missed = LiveFreshness.Down, Reason = reason };

    public static LiveSession Failed(this LiveSession session, Five9Exception e, Instant now, LiveOptions options)
    {
        var failed = session.Done() with { Missed = session.Missed + 1, Reason = e.Message };
        return e switch
        {
            Five9SessionLostException { TakenOver: true } => Told(failed with { SetAt = null, Timestamp = null, TakenOver = true }, LiveStep.TakeBackAt(failed, options), now, "It is taken back"),
            Five9SessionLostException => failed with { SetAt = null, Timestamp = null },
            Five9QuotaExceededException => Told(failed with { Refusals = failed.Refusals + 1 }, MinuteAfter(now, failed.Refusals), now, "It is asked again") with { BlockedUntil = MinuteAfter(now, failed.Refusals) },
            Five9MisconfiguredException { Error.Problem: ImportProblem.RoleMissing or ImportProblem.RequestRefused or ImportProblem.AddressWrong } => failed with { BlockedUntil = now + PauseForAPerson },
            Five9TransientException { RetryAfter: { } wanted } => failed with { BlockedUntil = now + Duration.Min(Duration.FromTimeSpan(wanted), MaxPause) },
            _ => failed,
        };
    }

    private static LiveSession Done(this LiveSession session) => session with { UnderWayUntil = null, Calls = 0 };

    private static LiveSession Told(LiveSession session, Instant? at, Instant now, string what) => at > now ? session with { Reason = $"{session.Reason} {what} at {at}." } : session;

    /// <summary>Five9's windows turn with the minute; which one is used up it does not say, so each time the wait is twice as long.</summary>
    private static Instant MinuteAfter(Instant now, int refusals) =>
        Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / 60 + Math.Min(1L << Math.Min(refusals, 6), 60)) * 60);
}
