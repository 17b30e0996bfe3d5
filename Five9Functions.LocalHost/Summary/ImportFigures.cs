using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Drawing;
using Five9Functions.Runs;
using NodaTime;

namespace Five9Functions.LocalHost.Summary;

/// <summary>What an import came to, as the tables say.</summary>
/// <param name="Days">The newest local days that the run read, in order.</param>
/// <param name="Rows">What became of the rows of those days.</param>
/// <param name="Segments">The states in the clean timelines of those days.</param>
/// <param name="Adjusted">Those of them that differ from what was reported: overlaps that were fixed.</param>
/// <param name="Open">Those that were still going on when the report was run.</param>
/// <param name="Stretch">Some minutes worth a drawing; null when nothing overlaps.</param>
internal sealed record ImportFigures(
    Integration Integration,
    ImportRun Run,
    RunSummary Fold,
    IReadOnlyList<LocalDate> Days,
    RowAccounting Rows,
    int Agents,
    int Segments,
    int Adjusted,
    int Open,
    AgentStretch? Stretch)
{
    /// <summary>What became of the rows of the call log of those days; null when it is not imported.</summary>
    public CallAccounting? Calls { get; init; }

    /// <summary>The busiest of those days; null when no call was landed.</summary>
    public QueueDay? Queues { get; init; }

    /// <summary>What somebody should look at; that rows are quarantined is told by their number.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>What a function took since the start.</summary>
internal sealed record FunctionTime(string Function, int Runs, int Failed, TimeSpan Total, TimeSpan Longest);
