using Five9Functions.Five9;
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
/// <param name="EmptyAsOf">When a report was run that suspiciously said there was nothing here; null when none did.</param>
public sealed record LedgerWindow(Instant From, Instant To, Instant AsOf, int Rows, Instant? EmptyAsOf = null)
{
    /// <summary>It was told by a call log without the column SKILL: figures by campaign can be derived from it, by skill it has to be read again.</summary>
    public bool LacksSkill { get; init; }

    /// <summary>When this part was last read, believed or not.</summary>
    public Instant LastRead => EmptyAsOf ?? AsOf;
}

/// <summary>A report's content to be landed in one raw day.</summary>
/// <param name="Window">The slice: inside the local day.</param>
/// <param name="AsOf">When the report was run.</param>
/// <param name="SuspiciousRows">An empty result over a window that held at least this many rows is not believed at once.</param>
/// <param name="Force">Believe it at once.</param>
public sealed record Landing(Interval Window, Instant AsOf, ReportContent Content, int SuspiciousRows, bool Force)
{
    /// <inheritdoc cref="LedgerWindow.LacksSkill"/>
    public bool LacksSkill { get; init; }
}

/// <summary>What a landing did.</summary>
/// <param name="Version">The version of the raw day that holds what was landed.</param>
/// <param name="Suspicious">The result was empty where rows are held; the rows stay.</param>
/// <param name="LatestEnd">The latest end of the day's rows before or after the landing: the days up to there can have changed.</param>
public sealed record LandingResult(long Version, bool Suspicious, Instant LatestEnd);

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
