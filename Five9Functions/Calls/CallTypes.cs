using System.Collections.Frozen;

namespace Five9Functions.Calls;

/// <summary>
/// Five9's words for call types, compared trimmed and without case; <c>_</c> and runs of blanks are one blank. Source: live call logs, and the list
/// of types in the documentation of Five9's web services; the table in docs/calls.md.
/// </summary>
public static class CallTypes
{
    private static readonly FrozenDictionary<string, (string Name, CallType Type)> Known = new Dictionary<string, CallType>
    {
        ["Inbound"] = CallType.Inbound,
        ["Queue Callback"] = CallType.QueueCallback,
        ["Web Callback"] = CallType.QueueCallback,
        ["Inbound Callback"] = CallType.QueueCallback,
        ["Inbound Voicemail"] = CallType.InboundVoicemail,
        ["3rd party transfer"] = CallType.ThirdParty,
        ["3rd party conference"] = CallType.ThirdParty,
        ["Outbound"] = CallType.Outbound,
        ["Manual"] = CallType.Outbound,
        ["Preview"] = CallType.Outbound,
        ["Autodial"] = CallType.Outbound,
        ["Agent"] = CallType.Outbound,
        ["Outbound Preview"] = CallType.Outbound,
        ["Outbound Voicemail"] = CallType.Outbound,
        ["Internal"] = CallType.Internal,
        ["Internal Voicemail"] = CallType.Internal,
        ["Test"] = CallType.Internal,
        ["Skill Call"] = CallType.Internal,
        ["Test Manual"] = CallType.Internal,
    }.ToFrozenDictionary(type => type.Key, type => (type.Key, type.Value), StringComparer.OrdinalIgnoreCase);

    /// <summary>The one spelling that is stored, and what it counts as. An unknown word keeps its own spelling, trimmed.</summary>
    public static (string Name, CallType Type) Read(string reported)
    {
        reported = reported.Trim();
        return Known.TryGetValue(reported, out var known) || Known.TryGetValue(WithSingleBlanks(reported), out known) ? known : (reported, CallType.Unclassified);
    }

    private static string WithSingleBlanks(string reported) =>
        string.Join(' ', reported.Replace('_', ' ').Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
