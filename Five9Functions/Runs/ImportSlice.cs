using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Runs;

/// <summary>Where a slice is. The last three are ends.</summary>
public enum SliceState
{
    Planned,
    Requesting,
    Running,
    Fetching,
    Normalizing,
    Done,
    Split,
    Failed,
}

/// <summary>One report over one window inside one local day: a row that knows what was done, so that a message need not.</summary>
public sealed record ImportSlice
{
    public required string Integration { get; init; }

    public required string Run { get; init; }

    public required string Report { get; init; }

    /// <summary>Rows that start in here are kept. Half-open, UTC.</summary>
    public required Interval Window { get; init; }

    /// <summary>The local date that the window lies in.</summary>
    public required LocalDate Date { get; init; }

    public required RunKind Kind { get; init; }

    public bool Force { get; init; }

    /// <summary>It asks nobody: its day is derived again from the raw days. Then it begins with <see cref="SliceState.Normalizing"/>.</summary>
    public bool FromRaw { get; init; }

    /// <summary>A slice whose result Five9 cut was split into this one and another.</summary>
    public bool IsHalf { get; init; }

    public ChangeCounting Changes { get; init; }

    public SliceState State { get; init; }

    /// <summary>Rises with each change of the row.</summary>
    public int Step { get; init; }

    /// <summary>When the step is to be done; a message that is behind the row counts as lost after it.</summary>
    public required Instant DueAt { get; init; }

    public string ReportId { get; init; } = "";

    /// <summary>How often the report was run: Five9 can lose an id.</summary>
    public int ReportRuns { get; init; }

    /// <summary>When the report was run: the asOf of everything it says.</summary>
    public Instant? RequestedAt { get; init; }

    /// <summary>How often Five9 said that the report is still running.</summary>
    public int Polls { get; init; }

    /// <summary>Faults of the present state in a row: each makes the next wait longer.</summary>
    public int Attempts { get; init; }

    /// <summary>How often the present step threw. Deaths of an instance are none of these.</summary>
    public int Throws { get; init; }

    /// <summary>How often a download was broken off because Five9 sent too little in two minutes.</summary>
    public int SlowDownloads { get; init; }

    /// <summary>Why it failed or what it waits for; null when all is well.</summary>
    public ImportError? Error { get; init; }

    public int Read { get; init; }

    public int Landed { get; init; }

    public int Outside { get; init; }

    public int OutsideAsked { get; init; }

    /// <summary>Rows that start later than they were read.</summary>
    public int FromTheFuture { get; init; }

    /// <summary>By how many hours the newest rows are off, as far as they show it: above zero they lie in the future.</summary>
    public int? HoursOff { get; init; }

    /// <summary>Landed rows with a character that did not arrive.</summary>
    public int Garbled { get; init; }

    public int Quarantined { get; init; }

    /// <summary>Why rows that are held stay.</summary>
    public LandingDoubts Doubts { get; init; }

    /// <summary>Any of <see cref="Doubts"/>.</summary>
    public bool Suspicious => Doubts != LandingDoubts.None;

    /// <summary>The first record that could not be read, in words; empty when all could.</summary>
    public string UnreadableExample { get; init; } = "";

    /// <summary>Columns that held rows fill and the report lacks.</summary>
    public IReadOnlyList<string> ColumnsGone { get; init; } = [];

    /// <summary>What a person should look at in the landed rows.</summary>
    public ReportRemarks Remarks { get; init; } = ReportRemarks.None;

    /// <summary>The version of the raw day that holds what landed.</summary>
    public long LandedVersion { get; init; }

    /// <summary>The local days that have to be normalized before the slice is done.</summary>
    public IReadOnlyList<LocalDate> Days { get; init; } = [];

    public Instant? FinishedAt { get; init; }

    /// <summary>Where its rows land.</summary>
    public RawDayId RawDay => new(Integration, Report, Date) { CopyOf = Changes == ChangeCounting.DryRun ? Run : null };

    public bool Finished => State is SliceState.Done or SliceState.Split or SliceState.Failed;

    /// <summary>Whether nothing of it can have landed yet, nor can while somebody ends it: a download that is under way might.</summary>
    public bool HasNotBegunToLand => State is SliceState.Planned or SliceState.Requesting or SliceState.Running;

    public ImportSlice Start(Instant now) => Next(FromRaw ? SliceState.Normalizing : SliceState.Requesting, now);

    public ImportSlice Requested(string reportId, Instant requestedAt, Instant due) =>
        Next(SliceState.Running, due) with { ReportId = reportId, RequestedAt = requestedAt, ReportRuns = ReportRuns + 1 };

    /// <summary>The report is still running.</summary>
    public ImportSlice StillRunning(Instant due) => this with { Step = Step + 1, DueAt = due, Polls = Polls + 1, Attempts = 0, Throws = 0, Error = null };

    /// <summary>The same state once more, at a time that is known: nothing was tried that counts.</summary>
    public ImportSlice Wait(Instant due, ImportError error) => this with { Step = Step + 1, DueAt = due, Throws = 0, Error = error };

    /// <summary>The same state once more, after a fault.</summary>
    public ImportSlice Retry(Instant due, ImportError error) => Wait(due, error) with { Attempts = Attempts + 1 };

    /// <summary>The report is finished.</summary>
    public ImportSlice Ran(Instant now) => Next(SliceState.Fetching, now);

    /// <summary>The report id is gone.</summary>
    public ImportSlice RunAgain(Instant due, ImportError error) =>
        Next(SliceState.Requesting, due) with { ReportId = "", RequestedAt = null, Attempts = Attempts + 1, Error = error };

    /// <summary>It is done, or split.</summary>
    public ImportSlice End(SliceState state, Instant now) => Next(state, now) with { FinishedAt = now };

    public ImportSlice Fail(Instant now, ImportError error) => End(SliceState.Failed, now) with { Error = error };

    /// <summary>As it was planned, to be done anew; what it came to counts no more.</summary>
    public ImportSlice PlanAgain(Instant now) => new()
    {
        Integration = Integration,
        Run = Run,
        Report = Report,
        Window = Window,
        Date = Date,
        Kind = Kind,
        Force = Force,
        FromRaw = FromRaw,
        IsHalf = IsHalf,
        Changes = Changes,
        Days = FromRaw ? Days : [],
        Step = Step + 1,
        DueAt = now,
    };

    public ImportSlice Next(SliceState state, Instant due) => this with { State = state, Step = Step + 1, DueAt = due, Polls = 0, Attempts = 0, Throws = 0, Error = null };
}
