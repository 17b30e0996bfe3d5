using Azure.Data.Tables;
using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Runs;

/// <summary>The table ImportSliceTable: docs/tables.md.</summary>
public sealed class ImportSliceTable(TableServiceClient tables, ImportMetrics metrics)
{
    // A report of many columns that lacks one names all that were found.
    private const int MaxError = 4000;

    private readonly TableClient _table = tables.GetTableClient(StorageLayout.ImportSlicesTable);

    public async Task<Versioned<ImportSlice>?> FindAsync(string integration, string run, string slice, CancellationToken cancellationToken)
    {
        var found = await _table.GetEntityIfExistsAsync<TableEntity>(ImportSlicesKeys.Partition(integration, run), slice, cancellationToken: cancellationToken);
        return found.HasValue ? new Versioned<ImportSlice>(Read(found.Value!), found.Value!.ETag) : null;
    }

    /// <summary>
    /// All slices of a run; of a slice that was split, both halves. A run of more than a thousand is read in pages, and the first
    /// half of a slice that is split meanwhile may belong to a page that was read before: without it the run would look finished.
    /// </summary>
    public async Task<IReadOnlyList<Versioned<ImportSlice>>> OfRunAsync(string integration, string run, CancellationToken cancellationToken)
    {
        var partition = ImportSlicesKeys.Partition(integration, run);
        var all = new List<Versioned<ImportSlice>>();
        await foreach (var entity in _table.QueryAsync<TableEntity>(TableClient.CreateQueryFilter($"PartitionKey eq {partition}"), cancellationToken: cancellationToken))
        {
            all.Add(new(Read(entity), entity.ETag));
        }

        var read = all.Select(s => RowKey(s.Value)).ToHashSet(StringComparer.Ordinal);
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var half in HalvesOf(all[i].Value).Where(read.Add))
            {
                if (await FindAsync(integration, run, half, cancellationToken) is { } found)
                {
                    all.Add(found);
                }
            }
        }

        return all;
    }

    /// <summary>Adds a slice unless it is there already: planning can be repeated.</summary>
    public Task AddIfAbsentAsync(ImportSlice slice, CancellationToken cancellationToken) => _table.TryAddAsync(Write(slice), cancellationToken);

    /// <summary>Replaces the row if nobody else did; false means somebody did, and the step is theirs.</summary>
    public async Task<bool> TryUpdateAsync(Versioned<ImportSlice> from, ImportSlice to, CancellationToken cancellationToken)
    {
        if (!await _table.TryReplaceAsync(Write(to), from.ETag, cancellationToken))
        {
            return false;
        }

        metrics.SliceMoved(from.Value, to);
        return true;
    }

    public static string RowKey(ImportSlice slice) => ImportSlicesKeys.Row(slice.Report, slice.Window.Start, slice.Window.End);

    private static IEnumerable<string> HalvesOf(ImportSlice slice) => slice.State == SliceState.Split && IntervalMath.Halve(slice.Window) is { } halves
        ? [ImportSlicesKeys.Row(slice.Report, halves.First.Start, halves.First.End), ImportSlicesKeys.Row(slice.Report, halves.Second.Start, halves.Second.End)]
        : [];

    private static TableEntity Write(ImportSlice s)
    {
        var entity = new TableEntity(ImportSlicesKeys.Partition(s.Integration, s.Run), RowKey(s))
        {
            [nameof(s.Integration)] = s.Integration,
            [nameof(s.Run)] = s.Run,
            [nameof(s.Report)] = s.Report,
            ["From"] = s.Window.Start.ToDateTimeOffset(),
            ["To"] = s.Window.End.ToDateTimeOffset(),
            [nameof(s.Date)] = TableColumns.Text(s.Date),
            [nameof(s.Kind)] = s.Kind.ToString(),
            [nameof(s.Force)] = s.Force,
            [nameof(s.State)] = s.State.ToString(),
            [nameof(s.Step)] = s.Step,
            [nameof(s.ReportId)] = s.ReportId,
            [nameof(s.ReportRuns)] = s.ReportRuns,
            [nameof(s.Polls)] = s.Polls,
            [nameof(s.Attempts)] = s.Attempts,
            ["Problem"] = s.Error?.Problem.Code() ?? "",
            [nameof(s.Error)] = s.Error is not { Text: var text } ? "" : text.Length <= MaxError ? text : text[..MaxError] + "...",
            ["RowsRead"] = s.Read,
            ["RowsLanded"] = s.Landed,
            ["RowsOutside"] = s.Outside,
            ["RowsOutsideAsked"] = s.OutsideAsked,
            ["RowsFromTheFuture"] = s.FromTheFuture,
            ["RowsGarbled"] = s.Garbled,
            ["RowsQuarantined"] = s.Quarantined,
            [nameof(s.Suspicious)] = s.Suspicious,
            [nameof(s.LandedVersion)] = s.LandedVersion,
            [nameof(s.Days)] = string.Join(',', s.Days.Select(TableColumns.Text)),
        };
        if (s.Changes != default)
        {
            entity[nameof(s.Changes)] = s.Changes.ToString();
        }

        if (s.IsHalf)
        {
            entity[nameof(s.IsHalf)] = true;
        }

        if (s.Throws > 0)
        {
            entity[nameof(s.Throws)] = s.Throws;
        }

        if (s.SlowDownloads > 0)
        {
            entity[nameof(s.SlowDownloads)] = s.SlowDownloads;
        }

        if (s.Remarks.ToJson() is { Length: > 0 } remarks)
        {
            entity[nameof(s.Remarks)] = remarks;
        }

        if (s.FromRaw)
        {
            entity[nameof(s.FromRaw)] = true;
        }

        if (s.Doubts != LandingDoubts.None)
        {
            entity[nameof(s.Doubts)] = s.Doubts.ToString();
        }

        if (s.UnreadableExample.Length > 0)
        {
            entity[nameof(s.UnreadableExample)] = s.UnreadableExample;
        }

        if (s.ColumnsGone.Count > 0)
        {
            entity.SetLong(nameof(s.ColumnsGone), string.Join('\n', s.ColumnsGone));
        }

        if (s.HoursOff is { } hours)
        {
            entity[nameof(s.HoursOff)] = hours;
        }

        entity.Set(nameof(s.DueAt), s.DueAt);
        entity.Set(nameof(s.RequestedAt), s.RequestedAt);
        entity.Set(nameof(s.FinishedAt), s.FinishedAt);
        return entity;
    }

    private static ImportSlice Read(TableEntity entity) => UnreadableRowException.Read(StorageLayout.ImportSlicesTable, entity, e => new ImportSlice
    {
        Integration = e.Text(nameof(ImportSlice.Integration)),
        Run = e.Text(nameof(ImportSlice.Run)),
        Report = e.Text(nameof(ImportSlice.Report)),
        Window = new Interval(e.Instant("From"), e.Instant("To")),
        Date = TableColumns.Date(e.Text(nameof(ImportSlice.Date))),
        Kind = Enum.Parse<RunKind>(e.Text(nameof(ImportSlice.Kind))),
        Force = e.Bool(nameof(ImportSlice.Force)),
        Changes = e.Text(nameof(ImportSlice.Changes)) is { Length: > 0 } changes ? Enum.Parse<ChangeCounting>(changes) : default,
        FromRaw = e.Bool(nameof(ImportSlice.FromRaw)),
        IsHalf = e.Bool(nameof(ImportSlice.IsHalf)),
        State = Enum.Parse<SliceState>(e.Text(nameof(ImportSlice.State))),
        Step = e.Int(nameof(ImportSlice.Step)),
        DueAt = e.Instant(nameof(ImportSlice.DueAt)),
        ReportId = e.Text(nameof(ImportSlice.ReportId)),
        ReportRuns = e.Int(nameof(ImportSlice.ReportRuns)),
        RequestedAt = e.InstantOrNull(nameof(ImportSlice.RequestedAt)),
        Polls = e.Int(nameof(ImportSlice.Polls)),
        Attempts = e.Int(nameof(ImportSlice.Attempts)),
        Throws = e.Int(nameof(ImportSlice.Throws)),
        SlowDownloads = e.Int(nameof(ImportSlice.SlowDownloads)),
        Error = e.Text("Problem") is var code and not "" ? new ImportError(KebabCase.Parse<ImportProblem>(code), e.Text(nameof(ImportSlice.Error))) : null,
        Read = e.Int("RowsRead"),
        Landed = e.Int("RowsLanded"),
        Outside = e.Int("RowsOutside"),
        OutsideAsked = e.Int("RowsOutsideAsked"),
        FromTheFuture = e.Int("RowsFromTheFuture"),
        HoursOff = e.GetInt32(nameof(ImportSlice.HoursOff)),
        Garbled = e.Int("RowsGarbled"),
        Quarantined = e.Int("RowsQuarantined"),
        Doubts = Doubts(e),
        UnreadableExample = e.Text(nameof(ImportSlice.UnreadableExample)),
        ColumnsGone = e.LongText(nameof(ImportSlice.ColumnsGone)).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        Remarks = ReportRemarks.FromJson(e.Text(nameof(ImportSlice.Remarks))),
        LandedVersion = e.GetInt64(nameof(ImportSlice.LandedVersion)) ?? 0,
        Days = [.. e.Text(nameof(ImportSlice.Days)).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(TableColumns.Date)],
        FinishedAt = e.InstantOrNull(nameof(ImportSlice.FinishedAt)),
    });

    // Earlier versions wrote only that there was a doubt, and knew one.
    private static LandingDoubts Doubts(TableEntity e) => e.Text(nameof(ImportSlice.Doubts)) is { Length: > 0 } doubts ? Enum.Parse<LandingDoubts>(doubts)
        : e.Bool(nameof(ImportSlice.Suspicious)) ? LandingDoubts.TooSmall : LandingDoubts.None;
}
