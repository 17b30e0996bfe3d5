namespace Five9Functions.AgentStates;

/// <summary>What an agent state is about. The number is its rank: of two states of equal length and start, the lower one is visible.</summary>
public enum StateKind
{
    Call = 1,
    Hold,
    Ringing,
    AfterCallWork,
    Preview,
    Voicemail,
    OtherMedia,
    Unknown,
    NotReady,
    Ready,
    Login,
    LoggedOut,
}
