using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Storage;

/// <summary>Names a raw day: what one report of one integration said about one local date.</summary>
/// <param name="Report">agent-states or calls.</param>
public sealed record RawDayId(string Integration, string Report, LocalDate Date)
{
    /// <summary>
    /// Names a run's own copy of the day. What is read through it is the copy, or the day itself where the run has none; what is landed
    /// through it lands in the copy alone. Null names the day itself.
    /// </summary>
    public string? CopyOf { get; init; }
}

/// <summary>A part of a raw day's ledger: which report run told what is stored there.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="AsOf">When that report was run.</param>
/// <param name="Rows">Rows held, good and quarantined.</param>
/// <param name="EmptyAsOf">When the first report was run that suspiciously held nothing, or far too little, of what is held here; null when none did.</param>
public sealed record LedgerWindow(Instant From, Instant To, Instant AsOf, int Rows, Instant? EmptyAsOf = null)
{
    /// <summary>It was told by a call log without the column SKILL: figures by campaign can be derived from it, by skill it has to be read again.</summary>
    public bool LacksSkill { get; init; }

    /// <summary>When the newest report was run whose unreadable rows may be what is held here, so that it replaced nothing; null when none was.</summary>
    public Instant? UnreadableAsOf { get; init; }

    /// <summary>When the first report was run that lacked a column that rows here fill; null when none did.</summary>
    public Instant? ColumnGoneAsOf { get; init; }

    /// <summary>Rows that could not be read when this part was last read; null when all could.</summary>
    public UnreadableRows? Unreadable { get; init; }

    /// <summary>A newer report was not believed: what is held is from an older one.</summary>
    public bool InDoubt => EmptyAsOf is not null || UnreadableAsOf is not null || ColumnGoneAsOf is not null;

    /// <summary>When this part was last read, believed or not.</summary>
    public Instant LastRead => new[] { EmptyAsOf, UnreadableAsOf, ColumnGoneAsOf }.Max() ?? AsOf;
}

/// <summary>Rows of a report that could not be read.</summary>
/// <param name="Example">The first of them in words: line, column, value, and what it must look like.</param>
public sealed record UnreadableRows(int Count, string Example);

/// <summary>A report's content to be landed in one raw day.</summary>
/// <param name="Window">The slice: inside the local day.</param>
/// <param name="AsOf">When the report was run.</param>
/// <param name="SuspiciousRows">A result that is empty, or far too small, over a window that held at least this many rows is not believed at once.</param>
/// <param name="Force">Believe it at once.</param>
public sealed record Landing(Interval Window, Instant AsOf, ReportContent Content, int SuspiciousRows, bool Force)
{
    /// <inheritdoc cref="LedgerWindow.LacksSkill"/>
    public bool LacksSkill { get; init; }

    /// <summary>A result with less than this percent of the rows that are held is far too small; 0: only an empty one is.</summary>
    public int SuspiciousPercent { get; init; } = 50;

    /// <summary>Columns that the integration's own settings leave out: they may disappear.</summary>
    public IReadOnlyList<string> LeftOut { get; init; } = [];
}

/// <summary>Why a landing did not replace rows that are held. They stay until a later report is believed.</summary>
[Flags]
public enum LandingDoubts
{
    None = 0,

    /// <summary>The result is empty or far too small. A second one, an hour later, confirms it.</summary>
    TooSmall = 1,

    /// <summary>Rows that could not be read may be those that are held. Only a result that can be read confirms it.</summary>
    Unreadable = 2,

    /// <summary>A column is gone that held rows fill. A second result, an hour later, confirms it.</summary>
    ColumnGone = 4,
}

/// <summary>What a landing did.</summary>
/// <param name="Version">The version of the raw day that holds what was landed.</param>
/// <param name="Doubts">Why rows that are held stay; none when the result was believed.</param>
/// <param name="LatestEnd">The latest end of the day's rows before or after the landing: the days up to there can have changed.</param>
public sealed record LandingResult(long Version, LandingDoubts Doubts, Instant LatestEnd)
{
    /// <summary>Columns that the result lacks and held rows fill.</summary>
    public IReadOnlyList<string> ColumnsGone { get; init; } = [];
}

/// <summary>A raw day without its rows.</summary>
/// <param name="Version">Rises whenever what a timeline could depend on has changed; 0 for a day that was never landed.</param>
/// <param name="LatestEnd">The latest end (or start) of its rows; the minimum instant when it has none.</param>
/// <param name="Windows">The ledger: disjoint, ordered by start.</param>
public sealed record RawDayHeader(RawDayId Id, long Version, Instant LatestEnd, int Rows, int Quarantined, IReadOnlyList<LedgerWindow> Windows)
{
    /// <summary>
    /// What a damaged blob covered in whose place this one was begun, and this one does not cover yet: disjoint, in order. Until it is
    /// empty, what is stored of the day stays as it was.
    /// </summary>
    public IReadOnlyList<Interval> Awaited { get; init; } = [];

    public static RawDayHeader Empty(RawDayId id) => new(id, 0, Instant.MinValue, 0, 0, []);

    /// <summary>When the report was run that told the row starting at <paramref name="start"/>.</summary>
    public Instant AsOf(Instant start) => Windows.First(w => w.From <= start && start < w.To).AsOf;
}
