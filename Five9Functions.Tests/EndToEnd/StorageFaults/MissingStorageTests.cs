using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Runs;
using Five9Functions.Tests.Storage.Faults;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>Somebody deletes a table, the container or a queue in the middle of an import, or has just begun to.</summary>
[CancelAfter(120_000)]
public sealed class MissingStorageTests : StorageFaultTest
{
    [TestCase("AgentStates")]
    [TestCase("ReportDays")]
    public async Task ATableThatIsDeletedBeforeItIsWritten_IsCreatedAgain(string table)
    {
        var app = await StartAsync(Setup);
        app.Network.Before(request => request.Entities.Any(e => e.Table == table), () => new TableClient(app.ConnectionString, table).DeleteAsync(Token));

        await ImportAsync(app);

        await AssertAsUndisturbedAsync(app);
    }

    [Test]
    public async Task AContainerThatIsDeletedBeforeItIsWritten_IsCreatedAgain()
    {
        var app = await StartAsync(Setup);
        app.Network.Once(
            request => request.Query.Contains("comp=block&", StringComparison.Ordinal),
            NetworkFaults.After(() => new BlobContainerClient(app.ConnectionString, "reports").DeleteAsync(cancellationToken: Token)));

        await ImportAsync(app);

        await AssertAsUndisturbedAsync(app, downloads: 3); // what was downloaded had nowhere to go
    }

    [TestCase("agent-state-reports", "\"step\":2")]
    [TestCase("normalize-jobs", "2026-11-01")]
    public async Task AQueueThatIsDeletedBeforeAMessageIsSent_IsCreatedAgain_AndTheMessageIsThere(string queue, string part)
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("could not be read"); // the host looks into it, too
        app.Network.Once(
            request => request.Message is { } message && message.Queue == queue && message.Json.Contains(part, StringComparison.Ordinal),
            NetworkFaults.After(() => new QueueClient(app.ConnectionString, queue).DeleteAsync(Token)));

        var run = await OpenAsync(app);

        // What the queue held is gone with it; the watchdog sends that again.
        while ((await app.FoldAsync(run, Token)).Status is RunStatus.Starting or RunStatus.Running)
        {
            await app.Host.WhenIdleAsync(Token);
            app.Clock.Advance(Duration.FromMinutes(16));
            await app.TickAsync(Token);
        }

        Assert.That(app.Network.Happened, Has.Count.EqualTo(1));
        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That((app.Five9.Calls["runReport"], app.Five9.Calls["getReportResultCsv"]), Is.EqualTo((2, 2)));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Has.Count.EqualTo(2));
    }

    [TestCase("AgentStates", "TableBeingDeleted")]
    [TestCase("ReportDays", "TableBeingDeleted")]
    [TestCase("ImportSlices", "TableBeingDeleted")]
    [TestCase("Five9Users", "TableBeingDeleted")]
    public async Task ATableThatIsBeingDeleted_IsWaitedFor_ByItsMessage(string table, string code)
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("failed at delivery");
        var run = await OpenAsync(app);
        app.Network.Times(2, request => request.Entities.Any(e => e.Table == table), NetworkFaults.Refusal(HttpStatusCode.Conflict, code));

        await app.FinishedAsync(run, Token);

        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Log.Count(code), Is.GreaterThan(0), "the log says what it is");
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Has.Count.EqualTo(2));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task AContainerThatIsBeingDeleted_IsWaitedFor_ByItsMessage()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("The specified container is being deleted");
        app.Log.Expect("ContainerBeingDeleted");
        app.Network.Times(2, request => request.Query.Contains("comp=block", StringComparison.Ordinal), NetworkFaults.Refusal(HttpStatusCode.Conflict, "ContainerBeingDeleted"));

        await ImportAsync(app);

        await AssertAsUndisturbedAsync(app, downloads: 4);
    }

    [Test]
    public async Task AQueueThatIsBeingDeleted_IsWaitedFor_ByTheMessageBefore()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("QueueBeingDeleted");
        app.Network.Times(2, request => request.Message is { Queue: "normalize-jobs" }, NetworkFaults.Refusal(HttpStatusCode.Conflict, "QueueBeingDeleted"));

        await ImportAsync(app);

        await AssertAsUndisturbedAsync(app);
    }

    [Test]
    public async Task SlicesThatAreGone_ArePlannedAgain_AndTheRunGoesOn()
    {
        var app = await StartAsync(Setup with { Now = "2026-11-03T22:00:00Z", Settings = new Dictionary<string, string?>() });
        app.Log.Expect("of its rows in ImportSlices");
        app.Network.Once(
            request => request.Entities.Any(e => e is { Table: "ImportSlices", Method: "PUT" }),
            NetworkFaults.After(() => new TableClient(app.ConnectionString, "ImportSlices").DeleteAsync(Token)));
        await app.TickAsync(Token);

        Assert.That(app.Network.Happened, Has.Count.EqualTo(1));
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(1).And.All.Contains("FinishedAt"));
        Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { "ben Ready 17:00:00-18:00:00" }));
    }
}
