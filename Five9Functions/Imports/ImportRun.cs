using NodaTime;

namespace Five9Functions.Imports;

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

/// <summary>What a finished run came to, so that a list of runs need not read their slices.</summary>
public sealed record RunOutcome(RunStatus Status, int Slices, int Failed, int Read, int Landed, int Outside, int Quarantined)
{
    public static RunOutcome Of(RunFold fold) => new(fold.Status, fold.Slices, fold.Failed, fold.Read, fold.Landed, fold.Outside, fold.Quarantined);
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

    public Instant? FinishedAt { get; init; }

    /// <summary>Null until it is finished.</summary>
    public RunOutcome? Outcome { get; init; }

    /// <param name="report">One of <see cref="Storage.ReportNames"/>.</param>
    public bool Reads(string report) => Reports is null || Reports.Split(',').Contains(report);
}
