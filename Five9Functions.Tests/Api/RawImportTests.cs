using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>Days derived again from what is held.</summary>
[CancelAfter(240_000)]
public sealed class RawImportTests : ApiTest
{
    private const string Imports = "integrations/acme/imports";

    private static readonly string[] Derived = ["AgentStates", "QueueIntervals", "Calls", "Queues", "ReportDays"];

    private const string Body = """{"from":"2026-08-21","to":"2026-08-22","source":"raw"}""";

    [Test]
    public async Task RowsThatSomebodyDamaged_AreMendedFromTheRawDays_WithoutACallToFive9_AndNothingElseIsWritten()
    {
        var (app, api) = await ServeAsync(new TestSetup
        {
            Now = "2026-08-22T12:00:00Z",
            Rows = new StateRows(new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z"), new("bob", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T17:00:00Z")),
            Calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv)),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
        });
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        var (before, calls) = (await DerivedAsync(app), app.Five9.Calls);
        await DamageAsync(app, "AgentStates", "ann|", row => row["State"] = "On Call");
        await DeleteAsync(app, "AgentStates", "bob|");
        await DamageAsync(app, "QueueIntervals", "2026-08-21T16:00:00Z|Sales In", row => row["offered"] = 7L);
        await DeleteAsync(app, "Calls", "2026-08-21T16:00:00Z|");
        Assert.That(await DerivedAsync(app), Is.Not.EqualTo(before));
        app.Clock.Advance(Duration.FromHours(1));
        app.Traffic.Clear();

        // First what would be mended.
        var dry = (await api.PostAsync(Imports, Body.Replace("}", ""","dryRun":true}""", StringComparison.Ordinal)))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        var wouldBe = (await api.GetAsync($"{Imports}/{dry}"))["changes"];
        Assert.That(Derived.SelectMany(app.Traffic.EntityWrites), Is.Empty);
        Assert.That(JsonNode.Parse(wouldBe!)!.ToJsonString(), Is.EqualTo("""
            {"total":{"rows":{"added":0,"changed":0,"removed":0},"segments":{"added":1,"changed":2,"removed":0}},"days":[
            {"date":"2026-08-21","report":"agent-states","rows":{"added":0,"changed":0,"removed":0},"segments":{"added":1,"changed":1,"removed":0}},
            {"date":"2026-08-21","report":"calls","rows":{"added":0,"changed":0,"removed":0},"segments":{"added":0,"changed":1,"removed":0}}]}
            """.ReplaceLineEndings("")));

        var id = (await api.PostAsync(Imports, Body))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        var run = await api.GetAsync($"{Imports}/{id}");
        Assert.That((run["status"], run["source"], run["slices.total"], run["rows.read"]), Is.EqualTo(("succeeded", "raw", "2", "0")), run.Text);
        Assert.That(run["changes"], Is.EqualTo(wouldBe));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(calls));
        Assert.That(app.Traffic.EntityWrites("AgentStates"), Is.EquivalentTo(new[] { "PUT manifest", "PUT ann|2026-08-21T16:00:00Z", "POST bob|2026-08-21T16:00:00Z" }));
        Assert.That(app.Traffic.EntityWrites("QueueIntervals"), Is.EquivalentTo(new[] { "PUT manifest", "PUT 2026-08-21T16:00:00Z|Sales In" }));
        Assert.That(app.Traffic.Blocks("header"), Is.Zero);
        Assert.That(app.Traffic.EntityWrites("ReportDays"), Is.Empty);

        // Nothing is damaged any more.
        app.Traffic.Clear();
        var again = (await api.PostAsync(Imports, Body))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);
        Assert.That((await api.GetAsync($"{Imports}/{again}"))["status"], Is.EqualTo("succeeded"));
        Assert.That(Derived.SelectMany(app.Traffic.EntityWrites), Is.Empty);
        Assert.That((await api.GetAsync($"{Imports}/{again}"))["changes.total.segments.added"], Is.EqualTo("0"));
    }

    [Test]
    public async Task ALongHistoryDerivedAgain_TakesNoPlaceOfTheUser_AndAFewDaysAtATime()
    {
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-08-22T12:00:00Z", Rows = new StateRows(), Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" } });
        var most = 0;
        app.Traffic.Before = request =>
        {
            if (request is { Method: "PUT" } && request.Entities is [{ Table: "Five9Users" }])
            {
                most = Math.Max(most, System.Text.Encoding.UTF8.GetString(request.Body).Split("agent-states|").Length - 1);
            }

            return Task.CompletedTask;
        };

        var id = (await api.PostAsync(Imports, """{"from":"2026-08-01","to":"2026-08-22","source":"raw"}"""))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        var run = await api.GetAsync($"{Imports}/{id}");
        Assert.That((run["status"], run["slices.total"], most), Is.EqualTo(("succeeded", "21", 4)));
        Assert.That(app.Five9.Calls, Is.Empty);
    }

    private static async Task DamageAsync(TestApp app, string table, string rowKey, Action<TableEntity> damage)
    {
        var client = new TableClient(app.ConnectionString, table);
        await foreach (var row in client.QueryAsync<TableEntity>(cancellationToken: Token))
        {
            if (row.RowKey.StartsWith(rowKey, StringComparison.Ordinal))
            {
                damage(row);
                await client.UpdateEntityAsync(row, row.ETag, TableUpdateMode.Replace, Token);
            }
        }
    }

    private static async Task DeleteAsync(TestApp app, string table, string rowKey)
    {
        var client = new TableClient(app.ConnectionString, table);
        await foreach (var row in client.QueryAsync<TableEntity>(cancellationToken: Token))
        {
            if (row.RowKey.StartsWith(rowKey, StringComparison.Ordinal))
            {
                await client.DeleteEntityAsync(row, cancellationToken: Token);
            }
        }
    }

    private static async Task<IReadOnlyList<string>> DerivedAsync(TestApp app) =>
        [.. await app.RowsAsync("AgentStates", Token), .. await app.RowsAsync("Calls", Token), .. await app.RowsAsync("QueueIntervals", Token), .. await app.RowsAsync("Queues", Token)];
}
