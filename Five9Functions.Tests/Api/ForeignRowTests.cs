using Azure.Data.Tables;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>Rows in the tables of results that the importer did not write so: named and left out, and repaired from the raw days.</summary>
[CancelAfter(240_000)]
public sealed class ForeignRowTests : ApiTest
{
    private const string Window = "from=2026-08-21T07:00:00Z&to=2026-08-22T07:00:00Z";

    private static readonly string[] Derived = ["AgentStates", "QueueIntervals", "Calls", "Queues"];

    [Test]
    public async Task ForeignRows_AreNamedAndLeftOut_AndADerivationFromTheRawDaysRemovesThem()
    {
        var (app, api) = await ServeAsync(Setup);
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        var before = await DerivedAsync(app);
        var answers = await AnswersAsync(api);
        await PutForeignRowsAsync(app);
        app.Log.Expect("row-unreadable");

        Assert.That(await AnswersAsync(api), Is.EqualTo(answers));

        foreach (var named in new[]
        {
            "row-unreadable: The row acme|2026-08-21|00 / foreign of the table AgentStates cannot be read",
            "row-unreadable: The row acme|2026-08-21|00 / zed|2026-08-21T16:00:00Z of the table AgentStates cannot be read",
            "row-unreadable: The row acme|2026-08-21|00 / foreign of the table Calls cannot be read",
            "row-unreadable: The row acme|2026-08-21|00 / 2026-08-21T16:00:00Z|1|000 of the table Calls cannot be read",
            "row-unreadable: The row acme|2026-08-21 / foreign of the table QueueIntervals cannot be read",
            "row-unreadable: The row acme|2026-08-21 / zzz|Sales In of the table QueueIntervals cannot be read",
            "row-unreadable: The row acme / foreign of the table Queues cannot be read",
        })
        {
            Assert.That(app.Log.Count(named), Is.GreaterThan(0), named);
        }

        app.Clock.Advance(Duration.FromHours(1));
        var id = (await api.PostAsync("integrations/acme/imports", """{"from":"2026-08-21","to":"2026-08-22","source":"raw"}"""))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        Assert.That((await api.GetAsync($"integrations/acme/imports/{id}"))["status"], Is.EqualTo("succeeded"));
        Assert.That(await DerivedAsync(app), Is.EqualTo(before));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    [Test]
    public async Task AReportWithOtherRows_RemovesForeignRowsToo()
    {
        var states = new StateRows(new StateRow("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z"));
        var (app, _) = await ServeAsync(Setup with { Rows = states });
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        await PutForeignRowsAsync(app);
        app.Log.Expect("row-unreadable");

        states.Rows = [new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:20Z")];
        app.Clock.Advance(Duration.FromHours(1));
        var run = await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);

        Assert.That(run.Errors, Is.Empty);
        Assert.That((await app.RowsAsync("AgentStates", Token)).Where(row => !row.Contains("manifest", StringComparison.Ordinal)).Select(row => row.Split(':')[0]), Is.EqualTo(new[] { "acme|2026-08-21|00 / ann|2026-08-21T16" }));
        Assert.That(await app.TimelineAsync("2026-08-21", Token), Is.EqualTo(new[] { "ann Ready 16:00:00-16:00:20" }));
    }

    [Test]
    public async Task AManifestOfOtherTypes_IsWrittenAnew_ByADerivationFromTheRawDays()
    {
        var (app, api) = await ServeAsync(Setup);
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        var before = await ManifestsAsync(app);
        foreach (var (table, partition) in new[] { ("AgentStates", "acme|2026-08-21|00"), ("Calls", "acme|2026-08-21|00"), ("QueueIntervals", "acme|2026-08-21") })
        {
            await PutAsync(app, table, partition, "manifest", ("Hash", 7), ("Inputs", true), ("Rows", "many"));
        }

        app.Clock.Advance(Duration.FromHours(1));
        var id = (await api.PostAsync("integrations/acme/imports", """{"from":"2026-08-21","to":"2026-08-22","source":"raw"}"""))["id"];
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        Assert.That((await api.GetAsync($"integrations/acme/imports/{id}"))["status"], Is.EqualTo("succeeded"));
        Assert.That(await ManifestsAsync(app), Is.EqualTo(before));
    }

    [Test]
    public async Task AnIntervalThatCannotBeRead_IsAnsweredAsAProblem_BecauseWithoutItItWouldBeZero()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("cannot be read");
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        await PutAsync(app, "QueueIntervals", "acme|2026-08-21", "2026-08-21T16:00:00Z|Sales In", ("Queue", "Sales In"), ("Start", DateTimeOffset.Parse("2026-08-21T16:00:00Z", null)), ("offered", "nine"));

        var reply = await api.GetAsync($"integrations/acme/intervals?{Window}");

        Assert.That((reply.Status, reply["code"]), Is.EqualTo((500, "row-unreadable")), reply.Text);
        Assert.That(reply["detail"], Does.StartWith("The row acme|2026-08-21 / 2026-08-21T16:00:00Z|Sales In of the table QueueIntervals cannot be read: "));
    }

    private static TestSetup Setup => new()
    {
        Now = "2026-08-22T12:00:00Z",
        Rows = new StateRows(new StateRow("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:10Z")),
        Calls = new CallRows(CallRows.WithoutSkill(WorkedExample.Csv)),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    private static async Task PutForeignRowsAsync(TestApp app)
    {
        await PutAsync(app, "AgentStates", "acme|2026-08-21|00", "foreign", ("Note", "mine"));
        await PutAsync(app, "AgentStates", "acme|2026-08-21|00", "zed|2026-08-21T16:00:00Z", ("Agent", "zed"), ("Start", "yesterday"), ("Kind", 7));
        await PutAsync(app, "Calls", "acme|2026-08-21|00", "foreign", ("Note", 3.5));
        await PutAsync(app, "Calls", "acme|2026-08-21|00", "2026-08-21T16:00:00Z|1|000", ("CallId", "1"), ("Start", DateTimeOffset.Parse("2026-08-21T16:00:00Z", null)), ("Class", "contact"), ("Queue", "Sales In"), ("TalkSeconds", "long"));
        await PutAsync(app, "QueueIntervals", "acme|2026-08-21", "foreign", ("Note", Guid.Empty));
        await PutAsync(app, "QueueIntervals", "acme|2026-08-21", "zzz|Sales In", ("offered", 1L));
        await PutAsync(app, "Queues", "acme", "foreign", ("Kind", 1));
    }

    private static async Task PutAsync(TestApp app, string table, string partition, string key, params (string Column, object Value)[] columns)
    {
        var row = new TableEntity(partition, key);
        foreach (var (column, value) in columns)
        {
            row[column] = value;
        }

        await new TableClient(app.ConnectionString, table).UpsertEntityAsync(row, TableUpdateMode.Replace, Token);
    }

    private static async Task<string[]> AnswersAsync(ApiClient api)
    {
        string[] routes = [$"agent-states?{Window}", $"intervals?{Window}", $"calls?{Window}", "queues", $"agents?{Window}"];
        var answers = new List<string>();
        foreach (var route in routes)
        {
            var reply = await api.GetAsync($"integrations/acme/{route}");
            answers.Add($"{reply.Status} {reply.Text}");
        }

        Assert.That(answers, Is.All.StartWith("200 "));
        return [.. answers];
    }

    private static async Task<List<string>> DerivedAsync(TestApp app)
    {
        var rows = new List<string>();
        foreach (var table in Derived)
        {
            rows.AddRange((await app.RowsAsync(table, Token)).Where(row => !row.Contains(" / manifest: ", StringComparison.Ordinal)).Select(row => $"{table} {row}"));
        }

        return rows;
    }

    private static async Task<List<string>> ManifestsAsync(TestApp app)
    {
        var rows = new List<string>();
        foreach (var table in Derived)
        {
            rows.AddRange((await app.RowsAsync(table, Token)).Where(row => row.Contains(" / manifest: ", StringComparison.Ordinal)).Select(row => $"{table} {row}"));
        }

        return rows;
    }
}
