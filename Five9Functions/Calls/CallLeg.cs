using NodaTime;

namespace Five9Functions.Calls;

/// <summary>What the column ABANDONED says: 1, 0, or nothing (empty or -).</summary>
public enum AbandonedFlag
{
    Unsaid,
    No,
    Yes,
}

/// <summary>One row of the call log as Five9 told it, read and understood; quarantined rows never get here. Lengths are milliseconds, 0 or more.</summary>
public sealed record CallLeg
{
    /// <summary>The text of a deleted agent, campaign or skill.</summary>
    public const string Deleted = "[Deleted]";

    public required string CallId { get; init; }

    /// <summary>The raw day that holds the row: the local date of its start.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>UTC, whole seconds: the arrival, IVR included.</summary>
    public required Instant Start { get; init; }

    /// <summary>Five9's call type as <see cref="CallTypes"/> spells it.</summary>
    public required string TypeName { get; init; }

    public required CallType Type { get; init; }

    /// <summary>Login name; <see cref="Deleted"/> for one that is gone, empty for none.</summary>
    public string Agent { get; init; } = "";

    /// <summary>Empty for none.</summary>
    public string Campaign { get; init; } = "";

    /// <summary>Empty for none, and in the standard report, which has no skills.</summary>
    public string Skill { get; init; } = "";

    public long QueueWait { get; init; }

    public long Ring { get; init; }

    /// <summary>TALK TIME as reported, which includes hold and park unless a setting says otherwise.</summary>
    public long Talk { get; init; }

    public long Hold { get; init; }

    public long Park { get; init; }

    public long AfterCallWork { get; init; }

    public AbandonedFlag Abandoned { get; init; }

    /// <summary>HANDLE TIME; null where the report does not have it.</summary>
    public long? Handle { get; init; }

    /// <summary>SPEED OF ANSWER; null where the report does not have it.</summary>
    public long? SpeedOfAnswer { get; init; }

    /// <summary>TIME TO ABANDON; null where the report does not have it.</summary>
    public long? TimeToAbandon { get; init; }

    /// <summary>The whole row in 128 bits: equal for exact twins only, and never the row's place in a report.</summary>
    public UInt128 Row { get; init; }

    /// <summary>A word in brackets that was read as none although it is not [None], such as [Keine]; null for none.</summary>
    public string? ReadAsNone { get; init; }
}
