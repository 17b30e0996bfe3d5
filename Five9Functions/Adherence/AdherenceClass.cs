namespace Five9Functions.Adherence;

/// <summary>What a moment of an agent is, by what was scheduled and what the agent did.</summary>
public enum AdherenceClass
{
    /// <summary>Nothing was scheduled, and the agent did nothing.</summary>
    Nothing,

    /// <summary>Nothing was scheduled, and the agent did something. It never lowers the score.</summary>
    NotScheduled,

    /// <summary>Something was scheduled, and what the agent did is not known.</summary>
    Unknown,

    /// <summary>What the agent did satisfies what was scheduled.</summary>
    In,

    /// <summary>Something was scheduled, and the agent did nothing.</summary>
    NotPresent,

    /// <summary>Something was scheduled, and the agent did something else; a state that is not mapped is something else.</summary>
    Wrong,
}
