using Five9Functions.AgentStates;
using Five9Functions.Calls;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>A quarantined row where it stands in the person's file.</summary>
/// <param name="Report">As run.json names it: agentStates or callLog.</param>
internal sealed record QuarantinedLine(string Report, int Line, string Reason, string Raw);

/// <summary>What an import of an agent-state report came to.</summary>
/// <param name="Segments">Null when it did not come that far.</param>
internal sealed record ImportedAgentStates(RowAccounting Rows, SegmentSpool? Segments)
{
    public static readonly ImportedAgentStates None = new(default, null);
}

/// <summary>What an import of a call log came to.</summary>
/// <param name="Kind">Of all queues.</param>
/// <param name="Queues">In any order.</param>
/// <param name="Intervals">Lines of queue-intervals.csv; null when it did not come that far.</param>
/// <param name="Columns">Of the report, in its order.</param>
/// <param name="Legs">Null when it did not come that far.</param>
internal sealed record ImportedCalls(
    CallAccounting Rows, QueueGrouping Kind, IReadOnlyCollection<QueueSighting> Queues, SortedSpool? Intervals, IReadOnlyList<string> Columns, CallSpool? Legs)
{
    public static ImportedCalls None(QueueGrouping kind) => new(default, kind, [], null, [], null);
}

/// <summary>What an import of files came to.</summary>
/// <param name="Window">The local days that any row touches; null when no row could be placed.</param>
/// <param name="AgentStates">Null when there was no such file.</param>
/// <param name="Calls">Null when there was no such file.</param>
internal sealed record ImportOutcome(
    bool Succeeded,
    Interval? Window,
    IReadOnlyList<string> Warnings,
    ImportedAgentStates? AgentStates,
    ImportedCalls? Calls,
    IReadOnlyList<QuarantinedLine> Quarantined)
{
    /// <summary>What was recognized in the person's files.</summary>
    public IReadOnlyList<ImportedFile> Files { get; init; } = [];

    /// <summary>Of the call log, those with the most work first.</summary>
    public IReadOnlyList<UnknownCallType> UnknownCallTypes { get; init; } = [];

    public static ImportOutcome Failed(ImportRequest request, string why) => new(
        false, null, [why], request.AgentStates is null ? null : ImportedAgentStates.None, request.CallLog is null ? null : ImportedCalls.None(request.Grouping), []);
}
