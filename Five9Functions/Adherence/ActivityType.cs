namespace Five9Functions.Adherence;

/// <summary>What planning means by an activity. The words are part of what callers send and of what is stored.</summary>
public enum ActivityType
{
    /// <summary>What conformance is measured by.</summary>
    Work,

    Meeting,

    Training,

    Break,

    /// <summary>Nobody is expected: not scheduled.</summary>
    Holiday,

    /// <inheritdoc cref="Holiday"/>
    Illness,
}

/// <summary>What follows from a type.</summary>
public static class ActivityTypes
{
    /// <summary>Whether somebody is expected to do it. Who is on holiday or ill is not scheduled, whatever the plan says.</summary>
    public static bool IsScheduled(this ActivityType type) => type is not (ActivityType.Holiday or ActivityType.Illness);
}
