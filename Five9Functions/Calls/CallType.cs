namespace Five9Functions.Calls;

/// <summary>What a leg is to the figures: several of Five9's call types count alike.</summary>
public enum CallType
{
    Inbound,
    QueueCallback,
    InboundVoicemail,

    /// <summary>3rd party transfer, 3rd party conference.</summary>
    ThirdParty,

    /// <summary>Outbound, Manual, Preview, Autodial, Agent, Outbound Preview, Outbound Voicemail.</summary>
    Outbound,

    /// <summary>Internal, Skill Call, Test Manual, Internal Voicemail, Test.</summary>
    Internal,

    /// <summary>A word that nobody told us about: counted in the run, and in no figure.</summary>
    Unclassified,
}
