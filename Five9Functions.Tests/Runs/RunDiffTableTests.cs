using Five9Functions.Runs;
using Five9Functions.Tests.Imports;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

public sealed class RunDiffTableTests : ImportFixture
{
    private static readonly DayChanges Day = new("calls", new LocalDate(2026, 11, 2), 2, new ChangeCounts(1, 2, 3), new ChangeCounts(4, 5, 6)) { Unknown = true };

    private static readonly ImportRun Again = ScheduledRun() with { Retries = 2 };

    [Test]
    public async Task Add_WritesTheseColumns_AndReadsThemBack()
    {
        await Get<RunDiffTable>().AddIfAbsentAsync(Again, Day, CancellationToken.None);

        Assert.That(await RowText.OnlyAsync(Bench.Table("ImportChanges")), Is.EqualTo(new[]
        {
            "acme|2516086475949999999 / 2026-11-02|calls|002",
            "Date: String 2026-11-02",
            "Report: String calls",
            "Retries: Int32 2",
            "RowsAdded: Int32 1",
            "RowsChanged: Int32 2",
            "RowsRemoved: Int32 3",
            "SegmentsAdded: Int32 4",
            "SegmentsChanged: Int32 5",
            "SegmentsRemoved: Int32 6",
            "Unknown: Boolean true",
        }));
        Assert.That(await Get<RunDiffTable>().ListAsync("acme", Run, CancellationToken.None), Is.EqualTo(new[] { Day }));
        Assert.That(await Get<RunDiffTable>().ListAsync("acme", "2516086475949999998", CancellationToken.None), Is.Empty);
    }

    [Test]
    public async Task Add_ASecondTime_KeepsTheFirst_AndEachTimeThatARunIsDoneAgainIsApart()
    {
        await Get<RunDiffTable>().AddIfAbsentAsync(Again, Day, CancellationToken.None);
        await Get<RunDiffTable>().AddIfAbsentAsync(Again, Day with { Rows = default }, CancellationToken.None);

        Assert.That(await Get<RunDiffTable>().ListAsync("acme", Run, CancellationToken.None), Is.EqualTo(new[] { Day }));
        Assert.That(await Get<RunDiffTable>().IsThereAsync(Again, "calls", Day.Date, CancellationToken.None), Is.True);
        Assert.That(await Get<RunDiffTable>().IsThereAsync(Again with { Retries = 3 }, "calls", Day.Date, CancellationToken.None), Is.False);
    }
}
