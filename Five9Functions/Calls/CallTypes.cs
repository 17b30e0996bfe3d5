using System.Collections.Frozen;

namespace Five9Functions.Calls;

/// <summary>Five9's words for call types, compared trimmed and without case. Source: live call logs; the table in docs/calls.md.</summary>
public static class CallTypes
{
    private static readonly FrozenDictionary<string, (string Name, CallType Type)> Known = new Dictionary<string, CallType>
    {
        ["Inbound"] = CallType.Inbound,
        ["Queue Callback"] = CallType.QueueCallback,
        ["Inbound Voicemail"] = CallType.InboundVoicemail,
        ["3rd party transfer"] = CallType.ThirdParty,
        ["3rd party conference"] = CallType.ThirdParty,
        ["Outbound"] = CallType.Outbound,
        ["Manual"] = CallType.Outbound,
        ["Preview"] = CallType.Outbound,
        ["Autodial"] = CallType.Outbound,
        ["Internal"] = CallType.Internal,
        ["Skill Call"] = CallType.Internal,
        ["Test Manual"] = CallType.Internal,
    }.ToFrozenDictionary(type => type.Key, type => (type.Key, type.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The one spelling that is stored, and what it counts as. An unknown word keeps its own spelling, trimmed.</summary>
    public static (string Name, CallType Type) Read(string reported)
    {
        reported = reported.Trim();
        return Known.TryGetValue(reported, out var known) ? known : (reported, CallType.Unclassified);
    }
}
