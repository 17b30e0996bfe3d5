using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>A quarantined row where it stands in the person's file.</summary>
internal sealed record QuarantinedLine(int Line, string Reason, string Raw);

/// <summary>What an import of a file came to.</summary>
/// <param name="Window">The local days that any row touches; null when no row could be placed.</param>
/// <param name="Segments">Null when it did not come that far.</param>
internal sealed record ImportOutcome(
    bool Succeeded,
    Interval? Window,
    IReadOnlyList<string> Warnings,
    RowAccounting AgentStates,
    SegmentSpool? Segments,
    IReadOnlyList<QuarantinedLine> Quarantined)
{
    public static ImportOutcome Failed(string why) => new(false, null, [why], default, null, []);
}
