using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>
/// How an integration's supervisor session stands, and how polling goes: all that an instance has to know to go on where another one
/// stopped. It stands beside the agents' rows and changes in one transaction with them.
/// </summary>
internal sealed record LiveSession
{
    /// <summary>Which poll was asked for last; a message of another one is a late one.</summary>
    public long Poll { get; init; }

    /// <summary>The poll is not done; from then on it counts as lost. Null when it is done.</summary>
    public Instant? UnderWayUntil { get; init; }

    /// <summary>Calls of this poll so far that brought changes.</summary>
    public int Calls { get; init; }

    /// <summary>When Five9 took the session's parameters; null while there is no session.</summary>
    public Instant? SetAt { get; init; }

    /// <summary>Five9's own mark of the last answer that is in the table: what changes after it is asked for. Null when all states have to be asked for.</summary>
    public long? Timestamp { get; init; }

    /// <summary>When Five9 gave the last answer that is in the table.</summary>
    public Instant? AsOf { get; init; }

    /// <summary>Rises with each write of agents' rows.</summary>
    public long Version { get; init; }

    /// <summary>An answer was written in part.</summary>
    public bool Incomplete { get; init; }

    /// <summary>Polls in a row that brought no answer.</summary>
    public int Missed { get; init; }

    /// <summary>Why the last one did not; empty when it did.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Somebody else logged in as the user, and the session is his.</summary>
    public bool TakenOver { get; init; }

    /// <summary>When the session was last taken back from somebody else.</summary>
    public Instant? TakenBackAt { get; init; }

    /// <summary>Five9 is not asked before.</summary>
    public Instant? BlockedUntil { get; init; }

    /// <summary>When a whole answer came first that had no agent, while agents were held who are logged in; null once one had some, or was believed.</summary>
    public Instant? EmptyAt { get; init; }

    /// <summary>Times in a row that Five9 refused a call for its quota.</summary>
    public int Refusals { get; init; }

    /// <summary>What is asked of each agent, with commas between.</summary>
    public string Columns { get; init; } = "";

    /// <summary>Calls that open sessions or ask for all states: Five9 allows few.</summary>
    public LiveCalls Openings { get; init; } = LiveCalls.None;

    /// <summary>Calls that ask for what changed.</summary>
    public LiveCalls Updates { get; init; } = LiveCalls.None;
}
