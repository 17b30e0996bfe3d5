using Five9Functions.Imports;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class ReportLedgersTests : ImportFixture
{
    [Test]
    public async Task Read_GathersLedgers_OpenStatesOfTwoDays_AndWhatIsUnderWay()
    {
        var early = Told("2026-11-03T08:00:00Z", "2026-11-04T08:00:00Z", "2026-11-04T09:00:00Z");
        var late = Told("2026-11-05T08:00:00Z", "2026-11-05T19:00:00Z", "2026-11-05T19:05:00Z");
        await DayAsync(3, early, "2026-11-03T09:00:00Z");
        await DayAsync(4, null, "2026-11-05T01:00:00Z");
        await DayAsync(5, late, "2026-11-05T16:00:00Z");
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 2 }, Slice("08:00-10:00"), Slice("10:00-12:00", SliceState.Done), Slice("12:00-14:00", SliceState.Fetching));

        var input = await Get<ReportLedgers>().ReadAsync(Acme, ImportedReport.AgentStates, new LocalDate(2026, 11, 2), At("2026-11-05T20:00:00Z"), CancellationToken.None);

        Assert.That((input.Now, input.HistoryStart, input.Settle), Is.EqualTo((At("2026-11-05T20:00:00Z"), new LocalDate(2026, 11, 2), Duration.FromMinutes(5))));
        Assert.That(input.Ledger, Is.EqualTo(new[] { early, late }));
        Assert.That(input.OldestOpen, Is.EqualTo(At("2026-11-05T01:00:00Z")));
        Assert.That(input.UnderWay, Is.EqualTo(new[] { Hours("08:00-10:00"), Hours("12:00-14:00") }));
    }

    [Test]
    public async Task Read_ADayThatWasNotDerived_IsNotReadYet_UnlessItIsRecent()
    {
        var old = Told("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", "2026-11-04T09:00:00Z");
        var recent = Told("2026-11-10T08:00:00Z", "2026-11-10T19:00:00Z", "2026-11-10T19:05:00Z");
        await DayAsync(2, old, "2026-11-03T01:00:00Z", landed: 7);
        await DayAsync(10, recent, "2026-11-10T16:00:00Z", landed: 7);

        var input = await Get<ReportLedgers>().ReadAsync(Acme, ImportedReport.AgentStates, new LocalDate(2026, 11, 2), At("2026-11-12T20:00:00Z"), CancellationToken.None);

        Assert.That(input.Ledger, Is.EqualTo(new[] { recent }));
    }

    private async Task DayAsync(int day, LedgerWindow? window, string oldestOpen, long landed = 0)
    {
        var id = new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 11, day));
        var known = ReportDay.Empty(id) with { Windows = window is null ? [] : [window], OldestOpen = At(oldestOpen), LandedVersion = landed };
        await Get<ReportDays>().TryWriteAsync(new Stored<ReportDay>(ReportDay.Empty(id), default), known, CancellationToken.None);
    }
}
