using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Telemetry;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Api;

/// <summary>A run as a list shows it, and with everything that is known of it.</summary>
/// <param name="Window">Of a manual run; what others read follows from what was landed, and their slices show it.</param>
/// <param name="Rows">In a list only of a finished one: its slices are not read.</param>
/// <param name="Slices">As <paramref name="Rows"/>.</param>
internal sealed record RunAnswer(
    string Id,
    RunKind Kind,
    RunStatus Status,
    ImportSource Source,
    bool Force,
    bool DryRun,
    WindowAnswer? Window,
    IReadOnlyList<string> Reports,
    Instant RequestedAt,
    Instant? StartedAt,
    Instant? CancelledAt,
    Instant? FinishedAt,
    int Retries,
    RowsAnswer? Rows,
    SliceCounts? Slices)
{
    // More of the same tell nothing more, and a run can have thousands of slices.
    private const int MaxRemarks = 100;

    /// <summary>Percent. This and what follows is not in a list.</summary>
    public int? Progress { get; init; }

    /// <summary>Under which telemetry tells of it.</summary>
    public string? TraceId { get; init; }

    public IReadOnlyList<Remark>? Warnings { get; init; }

    public IReadOnlyList<Remark>? Errors { get; init; }

    /// <summary>What it changed, or would change; null before it is finished, and for runs that do not count it.</summary>
    public ChangesAnswer? Changes { get; init; }

    /// <summary>Some slices, by report and time.</summary>
    public IReadOnlyList<SliceAnswer>? Items { get; init; }

    /// <summary>Where the next slices are; null for the last ones.</summary>
    public string? Continuation { get; init; }

    /// <param name="reports">Those of a run that does not name them.</param>
    public static RunAnswer Of(ImportRun run, string reports) => new(
        run.Id,
        run.Kind,
        run.Outcome?.Status ?? (run.Planned is null ? RunStatus.Starting : RunStatus.Running),
        run.Source,
        run.Force,
        run.Changes == ChangeCounting.DryRun,
        run.Window is { } window ? WindowAnswer.Of(window) : null,
        (run.Reports ?? reports).Split(','),
        run.RequestedAt.WholeSecond(),
        run.StartedAt?.WholeSecond(),
        run.CancelledAt?.WholeSecond(),
        run.FinishedAt?.WholeSecond(),
        run.Retries,
        run.Outcome is { } rows ? new RowsAnswer(rows.Read, rows.Landed, rows.Outside, rows.Quarantined) : null,
        run.Outcome is { } outcome ? new SliceCounts(outcome.Slices, outcome.Slices, outcome.Failed) : null);

    /// <inheritdoc cref="Of(ImportRun, string)"/>
    public static RunAnswer Of(ImportRun run, string reports, RunSummary fold) => Of(run, reports) with
    {
        Rows = new RowsAnswer(fold.Read, fold.Landed, fold.Outside, fold.Quarantined),
        Slices = new SliceCounts(fold.Slices, fold.Done, fold.Failed),
        Progress = run.FinishedAt is not null ? 100 : fold.Slices == 0 ? 0 : Math.Min(99, 100 * fold.Done / fold.Slices),
        TraceId = Traces.OfRun(run.Integration, run.Id).TraceId.ToHexString(),
        Warnings = [.. fold.Warnings.Take(MaxRemarks).Select(w => new Remark(w.Concern.Code(), w.Text))],
        Errors = [.. fold.Errors.Take(MaxRemarks).Select(e => new Remark(e.Problem.Code(), e.Text))],
    };
}

/// <summary>Half-open, UTC.</summary>
internal sealed record WindowAnswer(Instant From, Instant To)
{
    public static WindowAnswer Of(Interval window) => new(window.Start, window.End);
}

/// <summary>What became of the records that were read: read = landed + outside + quarantined.</summary>
internal sealed record RowsAnswer(int Read, int Landed, int Outside, int Quarantined);

/// <param name="Finished">However they ended.</param>
internal sealed record SliceCounts(int Total, int Finished, int Failed);

/// <summary>What a person should know: a code to look up in docs/troubleshooting.md, and a sentence.</summary>
internal sealed record Remark(string Code, string Text);

/// <summary>One report over one window of a run.</summary>
/// <param name="Problem">Why it failed or what it waits for.</param>
internal sealed record SliceAnswer(
    string Report, LocalDate Date, Instant From, Instant To, SliceState State, RowsAnswer Rows, bool Suspicious, Instant? AskedAt, Instant? FinishedAt, Remark? Problem)
{
    public static SliceAnswer Of(ImportSlice slice) => new(
        slice.Report,
        slice.Date,
        slice.Window.Start,
        slice.Window.End,
        slice.State,
        new RowsAnswer(slice.Read, slice.Landed, slice.Outside, slice.Quarantined),
        slice.Suspicious,
        slice.RequestedAt?.WholeSecond(),
        slice.FinishedAt?.WholeSecond(),
        slice.Error is { } error ? new Remark(error.Problem.Code(), error.Text) : null);
}
