namespace Five9Functions.Calls;

/// <summary>What became of the rows of a raw day: each is in exactly one class, so <see cref="Rows"/> is the sum of them.</summary>
public readonly record struct CallAccounting(
    int ContactLegs,
    int IvrOnly,
    int CallbackAttempt,
    int Voicemail,
    int ThirdParty,
    int Outbound,
    int Attempt,
    int Internal,
    int Unclassified,
    int Duplicate,
    int Quarantined)
{
    public int Rows => ContactLegs + IvrOnly + CallbackAttempt + Voicemail + ThirdParty + Outbound + Attempt + Internal + Unclassified + Duplicate + Quarantined;

    public static CallAccounting Of(LegClass legClass) => legClass switch
    {
        LegClass.ContactLeg => new() { ContactLegs = 1 },
        LegClass.IvrOnly => new() { IvrOnly = 1 },
        LegClass.CallbackAttempt => new() { CallbackAttempt = 1 },
        LegClass.Voicemail => new() { Voicemail = 1 },
        LegClass.ThirdParty => new() { ThirdParty = 1 },
        LegClass.Outbound => new() { Outbound = 1 },
        LegClass.Attempt => new() { Attempt = 1 },
        LegClass.Internal => new() { Internal = 1 },
        _ => new() { Unclassified = 1 },
    };

    public static CallAccounting operator +(CallAccounting left, CallAccounting right) => new(
        left.ContactLegs + right.ContactLegs,
        left.IvrOnly + right.IvrOnly,
        left.CallbackAttempt + right.CallbackAttempt,
        left.Voicemail + right.Voicemail,
        left.ThirdParty + right.ThirdParty,
        left.Outbound + right.Outbound,
        left.Attempt + right.Attempt,
        left.Internal + right.Internal,
        left.Unclassified + right.Unclassified,
        left.Duplicate + right.Duplicate,
        left.Quarantined + right.Quarantined);
}
