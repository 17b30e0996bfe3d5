namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class DaylightSavingTests : EndToEndTest
{
    private static StateRows Autumn => new(
        new("anna", "Ready", "2026-11-01T08:30:00Z", "2026-11-01T08:50:00Z"), // 01:30, the first time
        new("anna", "Inbound", "2026-11-01T08:50:00Z", "2026-11-01T09:10:00Z"), // 01:50 to 01:10
        new("anna", "Ready", "2026-11-01T09:30:00Z", "2026-11-01T09:45:00Z"), // 01:30, the second time
        new("ben", "Login", "2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z")); // the whole day

    [Test]
    public async Task TheAutumnHourThatOccursTwice_LandsAtItsTrueInstants()
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-02T12:00:00Z", Rows = Autumn });

        var run = await app.OpenAsync("2026-11-01T07:00:00Z", "2026-11-02T08:00:00Z", Token);
        var fold = await app.FinishedAsync(run, Token);

        Assert.That((await app.SlicesAsync(run, Token)).Select(s => $"{s.Window}"), Is.EqualTo(new[]
        {
            "2026-11-01T07:00:00Z/2026-11-01T09:00:00Z", "2026-11-01T09:00:00Z/2026-11-02T08:00:00Z",
        }));
        Assert.That((fold.Read, fold.Landed, fold.Outside), Is.EqualTo((4, 4, 0)));
        await AssertAutumnAsync(app);
    }

    [Test]
    public async Task TheAutumnHourThatOccursTwice_LandsAtItsTrueInstants_InHoursToo()
    {
        var app = await StartAsync(new TestSetup { Now = "2026-11-02T12:00:00Z", Rows = Autumn });

        await app.ImportAsync("2026-11-01T09:00:00Z", "2026-11-01T10:00:00Z", Token);
        await app.ImportAsync("2026-11-01T08:00:00Z", "2026-11-01T09:00:00Z", Token);
        await app.ImportAsync("2026-11-01T07:00:00Z", "2026-11-01T08:00:00Z", Token);
        await app.ImportAsync("2026-11-01T10:00:00Z", "2026-11-02T08:00:00Z", Token);

        await AssertAutumnAsync(app);
    }

    [Test]
    public async Task TheSpringDay_Has23Hours_AndLengthsAreRight()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-03-09T12:00:00Z",
            Rows = new StateRows(
                new("anna", "Ready", "2026-03-08T09:30:00Z", "2026-03-08T10:30:00Z"), // 01:30 to 03:30
                new("anna", "Inbound", "2026-03-08T10:00:00Z", "2026-03-08T10:05:00Z"), // 03:00: two o'clock does not exist
                new("ben", "Login", "2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z")), // the whole day
        });

        var run = await app.OpenAsync("2026-03-08T08:00:00Z", "2026-03-09T07:00:00Z", Token);
        await app.FinishedAsync(run, Token);

        Assert.That((await app.SlicesAsync(run, Token)).Select(s => $"{s.Window}"), Is.EqualTo(new[]
        {
            "2026-03-08T08:00:00Z/2026-03-08T10:00:00Z", "2026-03-08T10:00:00Z/2026-03-09T07:00:00Z",
        }));
        Assert.That(await app.TimelineAsync("2026-03-08", Token), Is.EqualTo(new[]
        {
            "anna Ready 09:30:00-10:00:00, adjusted",
            "anna Inbound 10:00:00-10:05:00",
            "anna Ready 10:05:00-10:30:00, adjusted",
            "ben Login 08:00:00-07:00:00",
        }));
        Assert.That(await app.RowsAsync("AgentStates", Token), Has.Some.Contains("ben|2026-03-08T08:00:00Z").And.Some.Contains("DurationSeconds=82800"));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.Some.Contains(
            "acme|agent-states / 2026-03-08:").And.Some.Contains(
            "Windows='[{\"From\":\"2026-03-08T08:00:00Z\",\"To\":\"2026-03-09T07:00:00Z\",\"AsOf\":\"2026-03-09T12:00:00Z\",\"Rows\":3,\"EmptyAsOf\":null}]'"));
    }

    private static async Task AssertAutumnAsync(TestApp app)
    {
        Assert.That(await app.TimelineAsync("2026-11-01", Token), Is.EqualTo(new[]
        {
            "anna Ready 08:30:00-08:50:00",
            "anna Inbound 08:50:00-09:10:00",
            "anna Ready 09:30:00-09:45:00",
            "ben Login 07:00:00-08:00:00",
        }));
        Assert.That(await app.RowsAsync("AgentStates", Token), Has.Some.Contains("ben|2026-11-01T07:00:00Z").And.Some.Contains("DurationSeconds=90000"));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.Some.Contains(
            "Windows='[{\"From\":\"2026-11-01T07:00:00Z\",\"To\":\"2026-11-02T08:00:00Z\",\"AsOf\":\"2026-11-02T12:00:00Z\",\"Rows\":4,\"EmptyAsOf\":null}]'"));
    }
}
