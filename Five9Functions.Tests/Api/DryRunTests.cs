using System.Text.Json.Nodes;
using Azure.Storage.Blobs;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Storage;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>What an import would change, and what it then changes.</summary>
[CancelAfter(240_000)]
public sealed class DryRunTests : ApiTest
{
    private const string Imports = "integrations/acme/imports";
    private const string Dry = """{"from":"2026-08-20","to":"2026-08-22","dryRun":true}""";
    private const string Real = """{"from":"2026-08-20","to":"2026-08-22"}""";

    private const string Calls = """
        CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED
        1,"Thu, 20 Aug 2026 09:00:00",Sales,Inbound,anna,00:00:05,00:00:03,00:01:00,00:00:00,00:00:00,00:00:10,0
        2,"Thu, 20 Aug 2026 10:00:00",Care,Inbound,anna,00:00:05,00:00:03,00:01:00,00:00:00,00:00:00,00:00:10,0
        3,"Fri, 21 Aug 2026 09:00:00",Sales,Inbound,anna,00:00:05,00:00:03,00:01:00,00:00:00,00:00:00,00:00:10,0
        """;

    /// <summary>A call is longer, one is gone, one is new.</summary>
    private const string OtherCalls = """
        CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED
        1,"Thu, 20 Aug 2026 09:00:00",Sales,Inbound,anna,00:00:05,00:00:03,00:02:00,00:00:00,00:00:00,00:00:10,0
        3,"Fri, 21 Aug 2026 09:00:00",Sales,Inbound,anna,00:00:05,00:00:03,00:01:00,00:00:00,00:00:00,00:00:10,0
        4,"Fri, 21 Aug 2026 11:00:00",Sales,Inbound,anna,00:00:05,00:00:03,00:01:00,00:00:00,00:00:00,00:00:10,0
        """;

    private const string Changes = """
        {"total":{"rows":{"added":2,"changed":2,"removed":2},"segments":{"added":2,"changed":3,"removed":2}},
        "days":[{"date":"2026-08-20","report":"agent-states","rows":{"added":0,"changed":1,"removed":1},"segments":{"added":0,"changed":1,"removed":1}},
        {"date":"2026-08-20","report":"calls","rows":{"added":0,"changed":1,"removed":1},"segments":{"added":0,"changed":1,"removed":1}},
        {"date":"2026-08-21","report":"agent-states","rows":{"added":1,"changed":0,"removed":0},"segments":{"added":1,"changed":1,"removed":0}},
        {"date":"2026-08-21","report":"calls","rows":{"added":1,"changed":0,"removed":0},"segments":{"added":1,"changed":0,"removed":0}}]}
        """;

    private const string NoChanges = """{"total":{"rows":{"added":0,"changed":0,"removed":0},"segments":{"added":0,"changed":0,"removed":0}},"days":[]}""";

    // Past local midnight, which is 07:00 UTC.
    private static StateRow[] States =>
    [
        new("anna", "Ready", "2026-08-20T16:00:00Z", "2026-08-20T17:00:00Z"),
        new("anna", "Not Ready", "2026-08-20T18:00:00Z", "2026-08-20T18:30:00Z"),
        new("ben", "Ready", "2026-08-21T05:00:00Z", "2026-08-21T08:00:00Z"),
    ];

    /// <summary>A state is gone, one is longer on both of its days, one is new.</summary>
    private static StateRow[] OtherStates =>
    [
        States[0],
        new("ben", "Ready", "2026-08-21T05:00:00Z", "2026-08-21T08:30:00Z"),
        new("carl", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:10:00Z"),
    ];

    [Test]
    public async Task ADryRun_TellsWhatTheRunThenChanges_AndChangesNothing_AndAnotherOneTellsOfNothing()
    {
        var (app, api) = await ChangedAsync();
        var before = await EverythingAsync(app);

        var dry = await DoneAsync(app, api, Dry);

        Assert.That((dry["status"], dry["dryRun"], dry["progress"], dry["rows.landed"], dry["slices.total"]), Is.EqualTo(("succeeded", "true", "100", "6", "4")), dry.Text);
        Assert.That(Text(dry), Is.EqualTo(Text(Changes)));
        Assert.That(await EverythingAsync(app), Is.EqualTo(before));

        app.Clock.Advance(Duration.FromMinutes(1));
        app.Traffic.Clear();
        var real = await DoneAsync(app, api, Real);

        Assert.That((real["status"], real["dryRun"]), Is.EqualTo(("succeeded", "false")));
        Assert.That(Text(real), Is.EqualTo(Text(Changes)));
        Assert.That(app.Traffic.EntityWrites("AgentStates").Where(write => !write.EndsWith(" manifest", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            "DELETE anna|2026-08-20T18:00:00Z",
            "PUT ben|2026-08-21T05:00:00Z",
            "PUT ben|2026-08-21T07:00:00Z",
            "POST carl|2026-08-21T16:00:00Z",
        }));
        Assert.That(app.Traffic.EntityWrites("QueueIntervals").Where(write => !write.EndsWith(" manifest", StringComparison.Ordinal)), Is.EquivalentTo(new[]
        {
            "PUT 2026-08-20T16:00:00Z|Sales",
            "DELETE 2026-08-20T17:00:00Z|Care",
            "POST 2026-08-21T18:00:00Z|Sales",
        }));
        Assert.That(await BlobsAsync(app), Has.None.Contains("/runs/"));

        app.Clock.Advance(Duration.FromMinutes(1));
        Assert.That(Text(await DoneAsync(app, api, Dry)), Is.EqualTo(Text(NoChanges)));
        Assert.That(Text(await DoneAsync(app, api, Real)), Is.EqualTo(Text(NoChanges)));
        Assert.That(await BlobsAsync(app), Has.None.Contains("/runs/"));
    }

    [Test]
    public async Task ADryRunOfDaysThatWereNeverRead_TellsOfAllTheirRows_AndTheyAreStillUnread()
    {
        var (app, api) = await ServeAsync(Setup(new StateRows(States), new CallRows(Calls)));

        var dry = await DoneAsync(app, api, Dry);
        Assert.That((dry["changes.total.rows.added"], dry["changes.total.segments.added"]), Is.EqualTo(("6", "7")));
        Assert.That(await BlobsAsync(app), Is.Empty);
        Assert.That(await app.RowsAsync("ReportDays", Token), Is.Empty);
        Assert.That(await app.RowsAsync("Queues", Token), Is.Empty);

        app.Clock.Advance(Duration.FromMinutes(1));
        Assert.That(Text(await DoneAsync(app, api, Real)), Is.EqualTo(Text(dry.Json["changes"]!.ToJsonString())));
    }

    [Test]
    public async Task ADryRunThatIsCancelled_WhileItLandsOrCompares_LeavesNoCopyAndTellsNothing([Values("comp=blocklist", "/ImportChanges")] string at)
    {
        var (app, api) = await ChangedAsync();
        var before = await EverythingAsync(app);
        var (id, left) = (new TaskCompletionSource<string>(), 1);
        app.Traffic.Before = async request =>
        {
            if (request.CanWrite && (request.Path + request.Query).Contains(at, StringComparison.Ordinal) && Interlocked.Decrement(ref left) == 0)
            {
                Assert.That((await api.PostAsync($"{Imports}/{await id.Task}/cancel")).Status, Is.EqualTo(202));
            }
        };

        id.SetResult((await api.PostAsync(Imports, Dry))["id"]!);
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        var run = await api.GetAsync($"{Imports}/{await id.Task}");
        Assert.That((run["status"], run["changes"], left <= 0), Is.EqualTo(("cancelled", (string?)null, true)), run.Text);
        Assert.That(await EverythingAsync(app), Is.EqualTo(before));
    }

    [TestCase(Dry)]
    [TestCase(Real)]
    public async Task ARunOfWhichAPartFailed_TellsTheSameOnceThatIsDoneAgain(string body)
    {
        var (app, api) = await ChangedAsync();
        app.Log.Expect("The agent-state report lacks");
        app.Five9.Next("getReportResultCsv", SimulatedAnswer.Http(200, contentType: "text/xml", body: """
            <env:Envelope xmlns:env="http://schemas.xmlsoap.org/soap/envelope/"><env:Body>
            <ns2:getReportResultCsvResponse xmlns:ns2="http://service.admin.ws.five9.com/"><return>
            """.TrimEnd() + "DATE,AGENT\n</return></ns2:getReportResultCsvResponse></env:Body></env:Envelope>"));
        var failed = await DoneAsync(app, api, body.Replace("}", ""","reports":["agent-states"]}""", StringComparison.Ordinal));
        Assert.That(failed["status"], Is.EqualTo("failed"));
        app.Clock.Advance(Duration.FromMinutes(1));

        Assert.That((await api.PostAsync($"{Imports}/{failed["id"]}/retry")).Status, Is.EqualTo(202));
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        var run = await api.GetAsync($"{Imports}/{failed["id"]}");
        Assert.That((run["status"], run["retries"]), Is.EqualTo(("succeeded", "1")), run.Text);
        Assert.That((run["changes.total.rows.added"], run["changes.total.rows.changed"], run["changes.total.rows.removed"]), Is.EqualTo(("1", "1", "1")));
        Assert.That(await BlobsAsync(app), Has.None.Contains("/runs/"));
    }

    private static string Text(ApiReply run) => Text(run.Json["changes"]!.ToJsonString());

    private static string Text(string json) => JsonNode.Parse(json)!.ToJsonString();

    private static TestSetup Setup(StateRows states, CallRows calls) => new()
    {
        Now = "2026-08-23T12:00:00Z",
        Rows = states,
        Calls = calls,
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    /// <summary>Both days are imported, and an hour later Five9 tells them otherwise.</summary>
    private async Task<(TestApp App, ApiClient Api)> ChangedAsync()
    {
        var (states, calls) = (new StateRows(States), new CallRows(Calls));
        var (app, api) = await ServeAsync(Setup(states, calls));
        await app.ImportAsync("2026-08-20T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        (states.Rows, calls.Csv) = (OtherStates, OtherCalls);
        app.Clock.Advance(Duration.FromHours(1));
        return (app, api);
    }

    private static async Task<ApiReply> DoneAsync(TestApp app, ApiClient api, string body)
    {
        var id = (await api.PostAsync(Imports, body))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        return await api.GetAsync($"{Imports}/{id}");
    }

    /// <summary>All that is stored but the bookkeeping of runs and users.</summary>
    private static async Task<IReadOnlyList<string>> EverythingAsync(TestApp app)
    {
        var all = new List<string>(await BlobsAsync(app));
        foreach (var table in Five9Functions.Storage.StorageLayout.Tables.Except([StorageLayout.ImportRunsTable, StorageLayout.ImportSlicesTable, StorageLayout.ImportChangesTable, StorageLayout.Five9UsersTable]))
        {
            all.AddRange((await TableText.ReadAsync(app.ConnectionString, table, _ => true, Token)).Select(row => $"{table} {row}"));
        }

        return all;
    }

    private static async Task<IReadOnlyList<string>> BlobsAsync(TestApp app) =>
        await new BlobServiceClient(app.ConnectionString).GetBlobContainerClient("reports").GetBlobsAsync(cancellationToken: Token).Select(blob => $"{blob.Name} {blob.Properties.ETag}").ToListAsync(Token);
}
