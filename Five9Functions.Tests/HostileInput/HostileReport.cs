using System.Text;
using Five9Functions.Five9.Reports;
using Five9Functions.Imports;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.HostileInput;

/// <summary>
/// A report as Five9 may send it, through the app's own steps into storage, and what a person then sees of it. It is fetched at 20:00 UTC
/// on 2026-11-02, for 08:00 to 10:00 in California (16:00 to 18:00 UTC); an hour more was asked for on either side.
/// </summary>
public abstract class HostileReport : ImportFixture
{
    private protected const string Header = "DATE,TIME,AGENT,STATE,AGENT STATE TIME";
    private protected const string Anna = "2026/11/02,09:00:00,anna,Ready,00:05:00";
    private protected const string AnnaReady = "anna Ready 17:00:00-17:05:00";
    private protected const string Nothing = "Done, 0 read: 0 landed, 0 outside, 0 quarantined";

    private int _runs;

    /// <summary>When the report is run; it is fetched a minute later.</summary>
    private protected Instant RunAt { get; set; } = At("2026-11-02T19:59:00Z");

    /// <summary>The text that getReportResultCsv returns.</summary>
    private protected Task<string[]> ImportAsync(string csv) => ImportBodyAsync(Encoding.UTF8.GetBytes($"<return>{Xml(csv)}</return>"));

    /// <summary>
    /// What is inside getReportResultCsv's response, as it is sent. The outcome: the slice's end and its accounting, its warnings or its
    /// error with the code to look up, each quarantined record, and each segment of the timelines.
    /// </summary>
    private protected async Task<string[]> ImportBodyAsync(ReadOnlyMemory<byte> response, bool force = false)
    {
        var slice = Slice("16:00-18:00", SliceState.Fetching) with
        {
            Run = $"{Run}-{++_runs}",
            Step = 3,
            ReportId = "R1",
            RequestedAt = RunAt + Duration.FromSeconds(_runs),
            Force = force,
        };
        Bench.Time.SetUtcNow((RunAt + Duration.FromMinutes(1)).ToDateTimeOffset());
        var run = ScheduledRun() with { Id = slice.Run, Planned = 1 };
        await Bench.OpenAsync(Acme, run, slice);
        Bench.Five9.Answers("getReportResultCsv", response.Span);
        await Get<FetchReport>().RunAsync(new SliceStep("acme", slice.Run, ImportSliceTable.RowKey(slice), 3), 1, CancellationToken.None);
        await FinishAsync();

        slice = await Bench.SliceAsync(slice);
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(slice.State == SliceState.Failed ? 1 : 0));
        var fold = RunSummary.Of(run, [slice]);
        return
        [
            $"{slice.State}, {slice.Read} read: {slice.Landed} landed, {slice.Outside} outside, {slice.Quarantined} quarantined",
            .. fold.Errors.Select(e => Short(e.ToString())),
            .. fold.Warnings.Select(w => Short(w.ToString())),
            .. await HalvesAsync(slice),
            .. await QuarantinedAsync(),
            .. await TimelinesAsync(),
        ];
    }

    /// <summary>The rows as the raw day keeps them.</summary>
    private protected async Task<ReportRow[]> RawRowsAsync() =>
        await (await Get<RawDayStore>().OpenAsync(Day, CancellationToken.None)).RowsAsync(CancellationToken.None).ToArrayAsync();

    private static RawDayId Day => new("acme", ReportNames.AgentStates, new LocalDate(2026, 11, 2));

    // Every warning and error begins with the slice that it is about.
    private static string Short(string text) => text.Replace("agent-states 2026-11-02T16:00:00Z/2026-11-02T18:00:00Z: ", "", StringComparison.Ordinal);

    private async Task FinishAsync()
    {
        while (await Bench.Messages.StepsAsync() is { Count: > 0 } steps)
        {
            foreach (var step in steps.Where(s => s.Step > 1)) // not the halves of one that was split
            {
                await Get<FetchReport>().RunAsync(step, 1, CancellationToken.None);
            }

            foreach (var job in await Bench.Messages.NormalizeJobsAsync())
            {
                await Get<NormalizeDay>().RunAsync(job, 1, CancellationToken.None);
            }
        }
    }

    /// <summary>The slices that were made of one that was split.</summary>
    private async Task<IEnumerable<string>> HalvesAsync(ImportSlice slice) => (await Get<ImportSliceTable>().OfRunAsync("acme", slice.Run, CancellationToken.None))
        .Select(s => s.Value)
        .Where(s => s.Window != slice.Window)
        .Select(s => $"{s.Window}: {s.State}");

    private async Task<string[]> QuarantinedAsync()
    {
        var raw = await Get<RawDayStore>().OpenAsync(Day, CancellationToken.None);
        return await raw.QuarantinedAsync(CancellationToken.None).OrderBy(q => q.Line).Select(q => $"line {q.Line}: {q.Reason}").ToArrayAsync();
    }

    private async Task<string[]> TimelinesAsync()
    {
        var all = new List<string>();
        foreach (var date in new[] { 1, 2, 3, 4, 9 })
        {
            await foreach (var segment in Get<AgentStatesTable>().ReadAsync("acme", new LocalDate(2026, 11, date), 1, CancellationToken.None))
            {
                all.Add(SegmentText.Of(segment));
            }
        }

        return [.. all];
    }

    /// <summary>As Five9's service escapes a text: what XML would change or cannot hold, by number.</summary>
    private static string Xml(string text)
    {
        var xml = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c is '&' or '<' or '>' || (char.IsControl(c) && c != '\n') ? xml.Append($"&#{(int)c};") : xml.Append(c);
        }

        return xml.ToString();
    }
}
