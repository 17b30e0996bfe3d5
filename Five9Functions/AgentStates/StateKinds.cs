namespace Five9Functions.AgentStates;

/// <summary>The words for <see cref="StateKind"/> in tables, exports and documents. They are stored: renaming an enum member must not change them.</summary>
public static class StateKinds
{
    /// <summary>The camelCase word, such as <c>afterCallWork</c>.</summary>
    public static string Word(StateKind kind) => kind switch
    {
        StateKind.Call => "call",
        StateKind.Hold => "hold",
        StateKind.Ringing => "ringing",
        StateKind.AfterCallWork => "afterCallWork",
        StateKind.Preview => "preview",
        StateKind.Voicemail => "voicemail",
        StateKind.OtherMedia => "otherMedia",
        StateKind.Unknown => "unknown",
        StateKind.NotReady => "notReady",
        StateKind.Ready => "ready",
        StateKind.Login => "login",
        StateKind.LoggedOut => "loggedOut",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This number is no kind of agent state."),
    };

    /// <summary>The kind that <see cref="Word"/> wrote.</summary>
    /// <exception cref="FormatException">The word is none of the twelve.</exception>
    public static StateKind Parse(string word)
    {
        foreach (var kind in Enum.GetValues<StateKind>())
        {
            if (Word(kind) == word)
            {
                return kind;
            }
        }

        throw new FormatException($"'{word}' is no kind of agent state; the kinds are listed in docs/overlap-rules.md.");
    }
}
