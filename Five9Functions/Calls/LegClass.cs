namespace Five9Functions.Calls;

/// <summary>What became of a leg: each is in exactly one class.</summary>
public enum LegClass
{
    /// <summary>A leg of a call that came in and reached a queue.</summary>
    ContactLeg,

    /// <summary>A leg of a call that came in and never reached a queue.</summary>
    IvrOnly,

    /// <summary>A callback that reached nobody.</summary>
    CallbackAttempt,

    Voicemail,
    ThirdParty,
    Outbound,

    /// <summary>An outbound call that reached nobody.</summary>
    Attempt,

    Internal,
    Unclassified,
}

/// <summary>The words for <see cref="LegClass"/> in tables and exports. They are stored: renaming an enum member must not change them.</summary>
public static class LegClasses
{
    public static string Word(LegClass legClass) => legClass switch
    {
        LegClass.ContactLeg => "contactLeg",
        LegClass.IvrOnly => "ivrOnly",
        LegClass.CallbackAttempt => "callbackAttempt",
        LegClass.Voicemail => "voicemail",
        LegClass.ThirdParty => "thirdParty",
        LegClass.Outbound => "outbound",
        LegClass.Attempt => "attempt",
        LegClass.Internal => "internal",
        LegClass.Unclassified => "unclassified",
        _ => throw new ArgumentOutOfRangeException(nameof(legClass), legClass, "This number is no class of a leg."),
    };
}
