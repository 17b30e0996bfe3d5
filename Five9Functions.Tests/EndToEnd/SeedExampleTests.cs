namespace Five9Functions.Tests.EndToEnd;

[CancelAfter(240_000)]
public sealed class SeedExampleTests : EndToEndTest
{
    [Test]
    public async Task TheStartOfTheLongerState_BecomesTheEndOfTheShorterOne_InTheTable()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-03T12:00:00Z",
            Rows = new StateRows(
                new("anna@example.com", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:00:05Z"),
                new("anna@example.com", "Inbound", "2026-11-02T21:00:00Z", "2026-11-02T21:03:00Z", Call: "300000001")),
        });

        var run = await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);

        Assert.That(run.Errors, Is.Empty);
        Assert.That(await app.RowsAsync("AgentStates", Token), Is.EqualTo(new[]
        {
            "acme|2026-11-02|00 / anna@example.com|2026-11-02T21:00:00Z: Adjusted=False Agent='anna@example.com' AgentName='' AlsoActive='call' CallId='' "
            + "ContinuesFromPreviousDay=False ContinuesOnNextDay=False DurationSeconds=5 End=2026-11-02T21:00:05Z Kind='ready' Open=False ReasonCode='' "
            + "ReportedEnd=2026-11-02T21:00:05Z ReportedStart=2026-11-02T21:00:00Z Start=2026-11-02T21:00:00Z State='Ready'",
            "acme|2026-11-02|00 / anna@example.com|2026-11-02T21:00:05Z: Adjusted=True Agent='anna@example.com' AgentName='' AlsoActive='' CallId='300000001' "
            + "ContinuesFromPreviousDay=False ContinuesOnNextDay=False DurationSeconds=175 End=2026-11-02T21:03:00Z Kind='call' Open=False ReasonCode='' "
            + "ReportedEnd=2026-11-02T21:03:00Z ReportedStart=2026-11-02T21:00:00Z Start=2026-11-02T21:00:05Z State='Inbound'",
            "acme|2026-11-02|00 / manifest: Hash='c2d6fa91666907655ccb12bd9659678f5d368cb1a983ceb20efc753f6387da9d' Inputs='rules=1;2026-11-02=639293040000000000' Rows=2",
        }));
    }

    [Test]
    public async Task TheRunItsSliceAndTheDay_TellWhatWasDone()
    {
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-03T12:00:00Z",
            Rows = new StateRows(
                new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:00:05Z"),
                new("anna", "Ready", "2026-11-02T21:10:00Z", null) { Length = "a while" }),
        });

        await app.ImportAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);

        Assert.That(await app.RowsAsync("ImportRuns", Token), Is.EqualTo(new[]
        {
            "acme / 2516085935999999999-1: FinishedAt=2026-11-03T12:00:00Z Force=False From=2026-11-02T08:00:00Z Integration='acme' Kind='Manual' "
            + "Plan='[[\"agent-states\",\"2026-11-02T08:00:00Z\",\"2026-11-03T08:00:00Z\"]]' Planned=1 "
            + "RequestedAt=2026-11-03T12:00:00Z RowsLanded=1 RowsOutside=0 RowsQuarantined=1 RowsRead=2 Slices=1 SlicesFailed=0 StartedAt=2026-11-03T12:00:00Z Status='Succeeded' To=2026-11-03T08:00:00Z",
        }));
        Assert.That((await app.RowsAsync("ImportSlices", Token)).Single(), Does.Match(
            @"^acme\|2516085935999999999-1 / agent-states\|2026-11-02T08:00:00Z\|2026-11-03T08:00:00Z: Attempts=0 Date='2026-11-02' "
            + @"Days='2026-11-01,2026-11-02,2026-11-03' DueAt=2026-11-03T12:00:00Z Error='' FinishedAt=2026-11-03T12:00:00Z Force=False From=2026-11-02T08:00:00Z "
            + @"Integration='acme' Kind='Manual' LandedVersion=639293040000000000L Polls=0 Problem='' Report='agent-states' ReportId='[0-9a-f]{32}' ReportRuns=1 RequestedAt=2026-11-03T12:00:00Z "
            + @"RowsFromTheFuture=0 RowsGarbled=0 RowsLanded=1 RowsOutside=0 RowsOutsideAsked=0 RowsQuarantined=1 RowsRead=2 Run='2516085935999999999-1' State='Done' Step=5 Suspicious=False To=2026-11-03T08:00:00Z "
            + @"UnreadableExample='line 3: the duration cannot be read \(AGENT STATE TIME\): a text of 7 characters, must look like 00:03:45 or 225 seconds'$"));
        Assert.That(await app.RowsAsync("ReportDays", Token), Has.Some.EqualTo(
            "acme|agent-states / 2026-11-02: Absorbed=0 Duplicate=0 Inputs='{\"2026-11-02\":639293040000000000}' LandedVersion=639293040000000000L Marker=0 "
            + "NormalizedVersion=639293040000000000L Quarantined=1 RowsHeld=2 Rules=1 Suspicious=False Visible=1 "
            + "Windows='[{\"From\":\"2026-11-02T08:00:00Z\",\"To\":\"2026-11-03T08:00:00Z\",\"AsOf\":\"2026-11-03T12:00:00Z\",\"Rows\":2,\"EmptyAsOf\":null,"
            + "\"Unreadable\":{\"Count\":1,\"Example\":\"line 3: the duration cannot be read (AGENT STATE TIME): a text of 7 characters, must look like 00:03:45 or 225 seconds\"}}]'"));
    }
}
