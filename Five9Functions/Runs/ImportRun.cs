using Five9Functions.Integrations;
using NodaTime;

namespace Five9Functions.Runs;

/// <summary>Why a run exists.</summary>
public enum RunKind
{
    /// <summary>The recent past, on schedule.</summary>
    Scheduled,

    /// <summary>A window that a person chose.</summary>
    Manual,

    /// <summary>Older history that is not covered yet; always behind the other two.</summary>
    Backfill,
}

/// <summary>Where a run takes rows from.</summary>
public enum ImportSource
{
    /// <summary>Reports that Five9 runs.</summary>
    Five9,

    /// <summary>The raw days that are held: nothing is downloaded, everything is derived again and compared with what is stored.</summary>
    Raw,
}

/// <summary>Whether a run tells what it changes.</summary>
public enum ChangeCounting
{
    None,

    /// <summary>It is done, and what it changed is counted: each raw day is kept as it was before.</summary>
    Counted,

    /// <summary>It changes nothing but copies of its own, and tells what it would change.</summary>
    DryRun,
}

/// <summary>What a finished run came to, so that a list of runs need not read their slices.</summary>
public sealed record RunOutcome(RunStatus Status, int Slices, int Failed, int Read, int Landed, int Outside, int Quarantined)
{
    public static RunOutcome Of(RunSummary fold) => new(fold.Status, fold.Slices, fold.Failed, fold.Read, fold.Landed, fold.Outside, fold.Quarantined);
}

/// <summary>What a run reads of one report, before it is cut into slices.</summary>
/// <param name="Report">One of <see cref="Storage.ReportNames"/>.</param>
public sealed record PlannedWindow(string Report, Interval Window);

/// <summary>One import of one integration: planned into slices, finished when they are.</summary>
public sealed record ImportRun
{
    public required string Integration { get; init; }

    /// <summary>Sorts newest first: docs/tables.md.</summary>
    public required string Id { get; init; }

    public required RunKind Kind { get; init; }

    /// <summary>When it was asked for; everything is planned as of this instant, however often planning is repeated.</summary>
    public required Instant RequestedAt { get; init; }

    /// <summary>The window of a manual run; null for the others, whose windows come from the ledger.</summary>
    public Interval? Window { get; init; }

    /// <summary>Believe an empty result at once.</summary>
    public bool Force { get; init; }

    public ImportSource Source { get; init; }

    public ChangeCounting Changes { get; init; }

    /// <summary>The reports that it reads, by name, with commas between them; null for all that the integration imports.</summary>
    public string? Reports { get; init; }

    /// <summary>What is read: decided once, so that planning can be repeated; null before.</summary>
    public IReadOnlyList<PlannedWindow>? Plan { get; init; }

    /// <summary>How many slices the plan has; null while the run is starting.</summary>
    public int? Planned { get; init; }

    /// <summary>When it was first planned.</summary>
    public Instant? StartedAt { get; init; }

    /// <summary>When a person stopped it; what had not landed by then ends, and the run is over for good.</summary>
    public Instant? CancelledAt { get; init; }

    /// <summary>How often a person had its failed slices done again.</summary>
    public int Retries { get; init; }

    /// <summary>When that was last: slices that had failed by then are planned again.</summary>
    public Instant? RetriedAt { get; init; }

    /// <summary>When its days were sent to be compared; null before its slices are finished, and for a run that counts no changes.</summary>
    public Instant? ComparingSince { get; init; }

    /// <summary>When all of them were, and its copies were deleted.</summary>
    public Instant? ComparedAt { get; init; }

    public Instant? FinishedAt { get; init; }

    /// <summary>Whether it is not over when its slices are. What is derived again is compared by its slices themselves.</summary>
    public bool HasToCompare => Changes != ChangeCounting.None && Source == ImportSource.Five9 && ComparedAt is null;

    /// <summary>Null until it is finished.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <summary>The same run of some reports. One of all of them does not say of which: it is of those that the integration imports when it is planned.</summary>
    public ImportRun OfReports(Integration integration, IReadOnlyList<string> reports) =>
        this with { Reports = reports.Count == ReportDefinition.Of(integration).Count ? null : string.Join(',', reports) };

    /// <param name="report">One of <see cref="Storage.ReportNames"/>.</param>
    public bool Reads(string report) => Reports is null || Reports.Split(',').Contains(report);
}
