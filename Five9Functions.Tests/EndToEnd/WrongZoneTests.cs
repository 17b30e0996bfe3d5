using Five9Functions.Runs;
using Five9Functions.Tests.Calls;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>The call log shows Hawaii's time, three hours behind that of Los Angeles, which is set. Nothing but its newest call tells.</summary>
[CancelAfter(240_000)]
public sealed class WrongZoneTests : EndToEndTest
{
    [Test]
    public async Task CallsThatKeepArrivingHoursOld_AreToldByTheRun()
    {
        var calls = new CallRows($"{CallText.Header}\n{Call(1, "06:50:00")}") { Zone = DateTimeZoneProviders.Tzdb["Pacific/Honolulu"] };
        var app = await StartAsync(new TestSetup { Rows = new StateRows(), Calls = calls, Now = "2026-08-21T17:00:00Z" });
        await app.TickAsync(Token);
        Assert.That(await WarningsAsync(app), Is.Empty, "the newest call of a quiet morning");

        calls.Csv += $"\n{Call(2, "07:04:00")}";
        app.Clock.Advance(Duration.FromMinutes(15)); // 07:15 in Hawaii, 10:15 in Los Angeles
        await app.TickAsync(Token);

        Assert.That(await WarningsAsync(app), Does.Contain((
            SliceConcern.ReportZoneLooksWrong,
            "calls 2026-08-21T15:15:00Z/2026-08-21T17:10:00Z: the newest calls start 3 hours before they were read while calls keep arriving, so the report is in another zone than was set: correct the zone of the integration.")));
    }

    [Test]
    public async Task CallsOfACentreThatHasClosed_AreNotTold()
    {
        var calls = new CallRows($"{CallText.Header}\n{Call(1, "06:50:00")}");
        var app = await StartAsync(new TestSetup { Rows = new StateRows(), Calls = calls, Now = "2026-08-21T17:00:00Z" });
        await app.TickAsync(Token);
        app.Clock.Advance(Duration.FromMinutes(15));
        await app.TickAsync(Token);

        Assert.That(await WarningsAsync(app), Is.Empty);
    }

    private static string Call(int id, string time) => $"{id},\"Fri, 21 Aug 2026 {time}\",Sales In,Inbound,ann,S-New,00:00:20,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0";

    private static async Task<IReadOnlyList<(SliceConcern, string)>> WarningsAsync(TestApp app)
    {
        var run = await app.Get<ImportRunTable>().ListAsync("acme", Token).FirstAsync(Token);
        return [.. (await app.FoldAsync(run, Token)).Warnings.Select(w => (w.Concern, w.Text))];
    }
}
