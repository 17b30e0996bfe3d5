using System.Text.Json;
using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Calls;
using Five9Functions.Storage.Tables;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage;

/// <summary>A local day of one report as planning, coverage and health see it; written after everything that it speaks of.</summary>
public sealed record ReportDay
{
    public required RawDayId Id { get; init; }

    public IReadOnlyList<LedgerWindow> Windows { get; init; } = [];

    public long LandedVersion { get; init; }

    /// <summary>The version of the rules that the stored timelines were derived by.</summary>
    public int Rules { get; init; }

    /// <summary>The settings that what is stored of calls was derived by (grouping, thresholds, ...), in a few words; empty for timelines.</summary>
    public string Settings { get; init; } = "";

    /// <summary>The version of each raw day that the stored timelines were derived from.</summary>
    public IReadOnlyDictionary<LocalDate, long> Inputs { get; init; } = new Dictionary<LocalDate, long>();

    /// <summary>What became of the rows of agent states.</summary>
    public RowAccounting Accounting { get; init; }

    /// <summary>What became of the rows of calls.</summary>
    public CallAccounting CallRows { get; init; }

    /// <summary>Worked rows of calls whose HANDLE TIME is more than a second off what its parts add up to.</summary>
    public int HandleTimeDiffers { get; init; }

    /// <summary>The start of the oldest state that was still open; null when none was.</summary>
    public Instant? OldestOpen { get; init; }

    /// <summary>What a person should know of the day, a sentence each; nothing in them is personal.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Windows that were tried and could not be read, disjoint and in order; each goes when a later report over it is read.</summary>
    public IReadOnlyList<FailedRead> FailedReads { get; init; } = [];

    /// <summary>
    /// Parts that were read once and have to be read again, because the blob that held them cannot be read. Until they are, what is
    /// stored of the day stays as it is.
    /// </summary>
    public IReadOnlyList<Interval> Awaited { get; init; } = [];

    /// <summary>Other days that this one follows from and that are to be read again: until then it stays as it is, unless its own rows change.</summary>
    public IReadOnlyList<LocalDate> WaitsFor { get; init; } = [];

    /// <summary>What is stored of the day stays as it is for now.</summary>
    public bool IsHeld => Awaited.Count > 0 || WaitsFor.Count > 0;

    /// <summary>All that was read of the day, now or once.</summary>
    public IEnumerable<Interval> EverRead => Awaited.Concat(Windows.Select(w => new Interval(w.From, w.To)));

    public long NormalizedVersion => Inputs.GetValueOrDefault(Id.Date);

    public static ReportDay Empty(RawDayId id) => new() { Id = id };
}

/// <summary>The table ReportDayTable: docs/tables.md.</summary>
public sealed class ReportDayTable(TableServiceClient tables)
{
    private readonly TableClient _table = tables.GetTableClient(StorageLayout.ReportDaysTable);

    /// <summary>The day and its ETag; the default ETag when there is no row yet.</summary>
    public async Task<Versioned<ReportDay>> GetAsync(RawDayId id, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(ReportDaysKeys.Partition(id.Integration, id.Report), ReportDaysKeys.Row(id.Date), cancellationToken: cancellationToken);
        return found.HasValue ? new(Read(id, found.Value!), found.Value!.ETag) : new(ReportDay.Empty(id), default);
    }

    /// <summary>The days from <paramref name="first"/> to <paramref name="last"/>, both included, that have a row.</summary>
    public async Task<IReadOnlyList<ReportDay>> BetweenAsync(string integration, string report, LocalDate first, LocalDate last, CancellationToken cancellationToken)
    {
        var days = new List<ReportDay>();
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {ReportDaysKeys.Partition(integration, report)} and RowKey ge {ReportDaysKeys.Row(first)} and RowKey le {ReportDaysKeys.Row(last)}");
        await foreach (var entity in _table.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
        {
            days.Add(Read(new RawDayId(integration, report, TableColumns.Date(entity.RowKey)), entity));
        }

        return days;
    }

    /// <summary>Whether any day of the report was ever landed; a day that could only be tried was not.</summary>
    public ValueTask<bool> AnyAsync(string integration, string report, CancellationToken cancellationToken) => _table
        .QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {ReportDaysKeys.Partition(integration, report)} and LandedVersion gt 0L"), maxPerPage: 1, [nameof(TableEntity.RowKey)], cancellationToken)
        .AnyAsync(cancellationToken);

    /// <summary>Writes the day if nobody else did since it was read, and if it says anything new.</summary>
    /// <returns>False when somebody else wrote it.</returns>
    public async Task<bool> TryWriteAsync(Versioned<ReportDay> from, ReportDay to, CancellationToken cancellationToken)
    {
        var entity = Write(to);
        return from.ETag == default ? await _table.TryAddAsync(entity, cancellationToken)
            : SameColumns(Write(from.Value), entity) || await _table.TryReplaceAsync(entity, from.ETag, cancellationToken);
    }

    private static bool SameColumns(TableEntity a, TableEntity b) =>
        a.Count == b.Count && a.All(column => b.TryGetValue(column.Key, out var value) && Equals(value, column.Value));

    private static TableEntity Write(ReportDay d)
    {
        var entity = new TableEntity(ReportDaysKeys.Partition(d.Id.Integration, d.Id.Report), ReportDaysKeys.Row(d.Id.Date))
        {
            [nameof(d.LandedVersion)] = d.LandedVersion,
            [nameof(d.NormalizedVersion)] = d.NormalizedVersion,
            [nameof(d.Rules)] = d.Rules,
            [nameof(d.Inputs)] = JsonSerializer.Serialize(d.Inputs.OrderBy(i => i.Key).ToDictionary(i => TableColumns.Text(i.Key), i => i.Value)),
            ["Suspicious"] = d.Windows.Any(w => w.InDoubt),
        };
        ReportDayRows.Write(entity, d);
        entity.SetLong(nameof(d.Windows), ReportDayJson.Write(d.Windows));
        if (d.FailedReads.Count > 0)
        {
            entity.SetLong(nameof(d.FailedReads), ReportDayJson.Write(d.FailedReads));
        }

        entity.Set(nameof(d.OldestOpen), d.OldestOpen);
        if (d.Settings.Length > 0)
        {
            entity[nameof(d.Settings)] = d.Settings;
        }

        if (d.Awaited.Count > 0)
        {
            entity.SetLong(nameof(d.Awaited), JsonSerializer.Serialize(d.Awaited.Select(w => new SpanColumn(Format(w.Start), Format(w.End)))));
        }

        if (d.WaitsFor.Count > 0)
        {
            entity[nameof(d.WaitsFor)] = string.Join(' ', d.WaitsFor.Select(TableColumns.Text));
        }

        if (d.Warnings.Count > 0)
        {
            entity.SetLong(nameof(d.Warnings), string.Join('\n', d.Warnings));
        }

        return entity;
    }

    private static ReportDay Read(RawDayId id, TableEntity entity) => UnreadableRowException.Read(StorageLayout.ReportDaysTable, entity, e => new ReportDay
    {
        Id = id,
        Windows = ReportDayJson.ReadWindows(e.LongText(nameof(ReportDay.Windows))),
        FailedReads = ReportDayJson.ReadFailedReads(e.LongText(nameof(ReportDay.FailedReads))),
        LandedVersion = e.GetInt64(nameof(ReportDay.LandedVersion)) ?? 0,
        Rules = e.Int(nameof(ReportDay.Rules)),
        Settings = e.Text(nameof(ReportDay.Settings)),
        Inputs = JsonSerializer.Deserialize<Dictionary<string, long>>(e.Text(nameof(ReportDay.Inputs)))!.ToDictionary(i => TableColumns.Date(i.Key), i => i.Value),
        Accounting = id.Report == ReportNames.Calls ? default : ReportDayRows.AgentStates(e),
        CallRows = id.Report == ReportNames.Calls ? ReportDayRows.Calls(e) : default,
        HandleTimeDiffers = e.Int(nameof(ReportDay.HandleTimeDiffers)),
        OldestOpen = e.InstantOrNull(nameof(ReportDay.OldestOpen)),
        Warnings = e.LongText(nameof(ReportDay.Warnings)).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Awaited = Spans(e.LongText(nameof(ReportDay.Awaited))),
        WaitsFor = Dates(e.Text(nameof(ReportDay.WaitsFor))),
    });

    private static IReadOnlyList<Interval> Spans(string json) =>
        json.Length == 0 ? [] : [.. JsonSerializer.Deserialize<List<SpanColumn>>(json)!.Select(span => new Interval(Parse(span.From), Parse(span.To)))];

    private static IReadOnlyList<LocalDate> Dates(string text) => text.Length == 0 ? [] : [.. text.Split(' ').Select(TableColumns.Date)];

    private static string Format(Instant instant) => InstantPattern.ExtendedIso.Format(instant);

    private static Instant Parse(string text) => InstantPattern.ExtendedIso.Parse(text).Value;

    private sealed record SpanColumn(string From, string To);
}
