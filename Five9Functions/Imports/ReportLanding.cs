using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>Downloads a finished report, lands its rows in the raw day, and has every day normalized that they can touch.</summary>
public sealed partial class ReportLanding(
    Five9AdminClient five9, RawDayStore rawDays, DamagedDays damagedDays, ReportDayTable reportDays, ImportSliceTable slices, ImportQueues queues, IOptions<ImportOptions> options, TimeProvider time, ILogger<ReportLanding> logger)
{
    /// <summary>
    /// Of one local day, report and run, halves included: a day of a million rows takes less than 100. Five9 allows a user 800 a day, and a report whose
    /// rows cannot be divided by time would use them up.
    /// </summary>
    internal const int MaxReportsOfDay = 128;

    private static readonly Duration ClockDifference = Duration.FromMinutes(5);

    public async Task<ImportSlice> LandAsync(Integration integration, ImportSlice slice, Five9Login login, CancellationToken cancellationToken)
    {
        var asked = IntervalMath.Asked(slice.Window, integration.Padding, slice.RequestedAt!.Value, integration.DateTimeZone, slice.IsHalf);
        var window = new ReportWindow(slice.Window, asked, integration.DateTimeZone) { LatestStart = time.Now() + ClockDifference, Dates = integration.DateOrder };
        var report = ReportDefinition.Of(slice.Report);
        ReportContent content;
        try
        {
            content = await five9.ReadReportCsvAsync(
                login,
                slice.ReportId,
                (csv, token) => report.ReadAsync(csv, integration, window, options.Value.RowCap, token),
                cancellationToken);
        }
        catch (ReportCutException)
        {
            return await SplitAsync(slice, cancellationToken);
        }

        if (!slice.Force && UnreadableReport.Error(report, content) is { } unreadable)
        {
            return Counted(slice.Fail(time.Now(), unreadable), content);
        }

        var id = slice.RawDay;
        var hoursOff = await HoursOffAsync(report, id, content, asked, slice.RequestedAt.Value, cancellationToken);
        if (slice.Changes == ChangeCounting.Counted)
        {
            await rawDays.KeepAsync(id, slice.Run, cancellationToken);
        }

        var landing = new Landing(slice.Window, slice.RequestedAt.Value, content, integration.SuspiciousRows, slice.Force)
        {
            LacksSkill = report.LacksSkill(content),
            SuspiciousPercent = integration.SuspiciousPercent,
            LeftOut = report.LeftOut(integration),
        };
        var landed = await damagedDays.LandAsync(id, landing, cancellationToken);
        Log.Landed(logger, ImportSliceTable.RowKey(slice), integration.Id, content.Read, content.Rows.Count, content.Outside, content.Quarantined.Count);
        return Counted(slice.Changes == ChangeCounting.DryRun ? slice.End(SliceState.Done, time.Now()) : slice.Next(SliceState.Normalizing, time.Now()), content) with
        {
            Landed = content.Rows.Count,
            HoursOff = hoursOff,
            Remarks = content.Remarks,
            Quarantined = content.Quarantined.Count,
            Doubts = landed.Doubts,
            ColumnsGone = landed.ColumnsGone,
            LandedVersion = landed.Version,
            Days = report.Touched(slice.Date, landed.LatestEnd, integration.DateTimeZone),
        };
    }

    /// <summary>Asks for each day that the slice's rows can touch and that was not derived from them yet; the own day always, for its ledger.</summary>
    public async Task NormalizeAsync(Integration integration, ImportSlice slice, CancellationToken cancellationToken)
    {
        if (slice.FromRaw)
        {
            await queues.SendAsync(new CompareJob(integration.Id, slice.Run, slice.Report, TableColumns.Text(slice.Date), ImportSliceTable.RowKey(slice)), cancellationToken);
            return;
        }

        foreach (var date in slice.Days)
        {
            var day = await reportDays.GetAsync(new RawDayId(integration.Id, slice.Report, date), cancellationToken);
            if (date == slice.Date || day.Value.Inputs.GetValueOrDefault(slice.Date) < slice.LandedVersion)
            {
                await queues.SendAsync(new NormalizeJob(integration.Id, slice.Report, TableColumns.Text(date), slice.Run, ImportSliceTable.RowKey(slice)), cancellationToken);
            }
        }
    }

    // What was read, whether it lands or not.
    private static ImportSlice Counted(ImportSlice slice, ReportContent content) => slice with
    {
        Read = content.Read,
        Outside = content.Outside,
        OutsideAsked = content.OutsideAsked,
        FromTheFuture = content.FromTheFuture,
        Garbled = content.Garbled,
        UnreadableExample = content.FirstUnreadable?.ToString() ?? "",
    };

    private async Task<int?> HoursOffAsync(ReportDefinition report, RawDayId id, ReportContent content, Interval asked, Instant asOf, CancellationToken cancellationToken)
    {
        if (ReportClock.HoursAhead(content, time.Now()) is { } ahead)
        {
            return ahead;
        }

        return report.RowsAreRecent && ReportClock.HoursBehind(content, asked, asOf) is { } behind
            && ReportClock.KeepArriving(content, await rawDays.ReadHeaderOrEmptyAsync(id, cancellationToken), asOf) ? -behind : null;
    }

    private async Task<ImportSlice> SplitAsync(ImportSlice slice, CancellationToken cancellationToken)
    {
        if (IntervalMath.Halve(slice.Window) is not { } halves)
        {
            return slice.Fail(time.Now(), new ImportError(
                ImportProblem.TooManyRowsInAMinute,
                $"Five9 cut even one minute of the report at {options.Value.RowCap} rows, so rows are missing: give the report a filter or fewer columns that multiply rows."));
        }

        if (!await MayBeAskedForAsync(slice, halves, cancellationToken))
        {
            return slice.Fail(time.Now(), new ImportError(
                ImportProblem.TooManyRows,
                $"Five9 cut the report at {options.Value.RowCap} rows again and again: {slice.Date:uuuu-MM-dd} would take over {MaxReportsOfDay} reports, so the slice is given up. "
                + "Give the report a filter or fewer columns that multiply rows; the next run asks again."));
        }

        // The halves first: if this instance dies before the slice is marked, they are added once more, to no effect.
        foreach (var window in new[] { halves.First, halves.Second })
        {
            await slices.AddIfAbsentAsync(
                new ImportSlice { Integration = slice.Integration, Run = slice.Run, Report = slice.Report, Window = window, Date = slice.Date, Kind = slice.Kind, Force = slice.Force, Changes = slice.Changes, DueAt = slice.DueAt, IsHalf = true },
                cancellationToken);
        }

        Log.Split(logger, ImportSliceTable.RowKey(slice), slice.Integration, options.Value.RowCap);
        return slice.End(SliceState.Split, time.Now());
    }

    // Each slice of the day, split or not, is a report. The halves can be there already: an instance died before it marked the slice.
    private async Task<bool> MayBeAskedForAsync(ImportSlice slice, (Interval First, Interval Second) halves, CancellationToken cancellationToken)
    {
        var ofRun = await slices.OfRunAsync(slice.Integration, slice.Run, cancellationToken);
        var others = ofRun.Count(s => s.Value.Report == slice.Report && s.Value.Date == slice.Date && s.Value.Window != halves.First && s.Value.Window != halves.Second);
        return others + 2 <= MaxReportsOfDay;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Slice {Slice} of {Integration} landed: {Read} rows read, {Landed} landed, {Outside} outside, {Quarantined} quarantined.")]
        public static partial void Landed(ILogger logger, string slice, string integration, int read, int landed, int outside, int quarantined);

        [LoggerMessage(2, LogLevel.Information, "Slice {Slice} of {Integration} came with {RowCap} rows or more, so Five9 cut it; it is split in two.")]
        public static partial void Split(ILogger logger, string slice, string integration, int rowCap);
    }
}
