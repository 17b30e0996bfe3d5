using System.Collections.Frozen;

namespace Five9Functions.AgentStates;

/// <summary>
/// Five9's words for agent states, which differ in case, blanks, <c>_</c> and <c>-</c> between reports, as the one spelling that is stored.
/// Source: the state names in Five9's agent-state report and its statistics API; the table in docs/overlap-rules.md.
/// </summary>
public static class StateNames
{
    private static readonly FrozenDictionary<string, (string Name, StateKind Kind)> Known = Table()
        .SelectMany(row => row.Names.Select(name => (Name: name, row.Kind)))
        .ToFrozenDictionary(state => state.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The stored spelling and the kind. A word that nobody told us about keeps its own spelling, trimmed, and is <see cref="StateKind.Unknown"/>.</summary>
    public static (string Name, StateKind Kind) Read(string reported) =>
        Known.TryGetValue(reported, out var asWritten) ? asWritten
        : Known.TryGetValue(WithSingleBlanks(reported), out var known) ? known
        : (reported.Trim(), StateKind.Unknown);

    private static string WithSingleBlanks(string reported)
    {
        Span<char> buffer = reported.Length <= 128 ? stackalloc char[reported.Length] : new char[reported.Length];
        var length = 0;
        foreach (var c in reported)
        {
            var blank = c is '_' or '-' || char.IsWhiteSpace(c);
            if (!blank)
            {
                buffer[length++] = c;
            }
            else if (length > 0 && buffer[length - 1] != ' ')
            {
                buffer[length++] = ' ';
            }
        }

        return buffer[..length].TrimEnd(' ').ToString();
    }

    private static IEnumerable<(StateKind Kind, string[] Names)> Table() =>
    [
        (StateKind.Call,
        [
            "On Call", "Inbound", "Outbound", "Manual", "Autodial", "Internal", "Queue Callback",
            "3rd Party Transfer", "3rd Party Conference", "Skill Call", "Test Manual",
        ]),
        (StateKind.Hold, ["On Hold", "On Park"]),
        (StateKind.Ringing, ["Ringing", "DID Ringing"]),
        (StateKind.AfterCallWork, ["After Call Work", "ACW"]),
        (StateKind.Preview, ["On Preview", "Preview"]),
        (StateKind.Voicemail, ["On Voicemail", "Inbound Voicemail", "Voicemail"]),
        (StateKind.OtherMedia,
        [
            "Chat", "Email", "Social", "SMS", "Case", "Video",
            "On Chat", "On Email", "On Social", "On SMS", "On Case", "On Video",
        ]),
        (StateKind.NotReady, ["Not Ready"]),
        (StateKind.Ready, ["Ready"]),
        (StateKind.Login, ["Login"]),
        (StateKind.LoggedOut, ["Logout", "Logged Out"]),
    ];
}
