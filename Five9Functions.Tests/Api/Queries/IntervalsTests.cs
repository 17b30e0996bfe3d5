using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>The figures of the worked example (docs/calls.md) over HTTP: Friday, 21 August 2026, in Los Angeles.</summary>
[CancelAfter(240_000)]
public sealed class IntervalsTests : ApiTest
{
    private const string Header =
        "start,end,queue,workload,offered,answered,abandoned,abandonedShort,diverted,transferredIn,answeredWithin,abandonedWithin,talkSeconds,holdSeconds,afterCallWorkSeconds,handleSeconds,"
        + "waitSecondsAnswered,waitSecondsAbandoned,ivrOnly,otherHandleSeconds,outbound,outboundHandleSeconds,outboundAttempts,aht,asa,serviceLevel,abandonRate,provisional";

    private const string Zero = "0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,,,,,false";

    private static readonly string[] ThreeQuarters =
    [
        Header,
        "2026-08-21T16:00:00Z,2026-08-21T16:15:00Z,Sales In,,9,6,2,1,1,0,2,1,1840,230,180,2250,297,49,1,0,0,0,0,375,49.5,0.25,0.125,false",
        "2026-08-21T16:15:00Z,2026-08-21T16:30:00Z,Sales In,,1,1,0,0,0,0,0,0,60,0,0,60,20,0,0,60,0,0,0,60,20,0,0,false",
        $"2026-08-21T16:30:00Z,2026-08-21T16:45:00Z,(no campaign),,{Zero}",
        $"2026-08-21T16:30:00Z,2026-08-21T16:45:00Z,Sales In,,{Zero}",
        "2026-08-21T16:30:00Z,2026-08-21T16:45:00Z,Sales Out,,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,1,120,2,,,,,false",
    ];

    [Test]
    public async Task JsonAndCsv_SayTheSame_ZeroIsSaid_AndWhatIsNotThereIsNamed()
    {
        var (app, api) = await ServeAsync(Setup());
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        const string Window = "integrations/acme/intervals?from=2026-08-21T16:00:00Z&to=2026-08-21T16:45:00Z";

        Assert.That(await ResultText.CsvAsync(api, Window), Is.EqualTo(ThreeQuarters));
        Assert.That(await ResultText.AllAsync(api, Window, Header, limit: 1000), Is.EqualTo(ThreeQuarters));
        Assert.That(await ResultText.AllAsync(api, Window, Header, limit: 2), Is.EqualTo(ThreeQuarters));
        Assert.That((await api.GetAsync(Window)).Json["absentDays"]!.ToJsonString(), Is.EqualTo("[]"));

        // The day as a whole: from its first call on, each queue has every quarter hour until midnight.
        var days = await api.GetAsync("integrations/acme/intervals?from=2026-08-20&to=2026-08-24");
        Assert.That(days.Json["items"]!.AsArray(), Has.Count.EqualTo(60 + 58 + 58));
        Assert.That(days.Json["absentDays"]!.ToJsonString(), Is.EqualTo("""["2026-08-20","2026-08-22"]"""), "The 23rd has not begun.");
        Assert.That((await ResultText.CsvAsync(api, "integrations/acme/intervals?from=2026-08-20&to=2026-08-24")), Has.Length.EqualTo(1 + 60 + 58 + 58));

        var hours = await api.GetAsync("integrations/acme/intervals?from=2026-08-21T16:00:00Z&to=2026-08-21T17:00:00Z&minutes=60&queue=Sales%20In");
        Assert.That(
            hours.Items("start", "end", "queue", "offered", "answered", "handleSeconds", "aht", "asa", "serviceLevel", "abandonRate"),
            Is.EqualTo(new[] { "2026-08-21T16:00:00Z 2026-08-21T17:00:00Z Sales In 10 7 2310 330 45.29 0.2222 0.1111" }));
        var halves = await api.GetAsync("integrations/acme/intervals?from=2026-08-21T16:00:00Z&to=2026-08-21T16:31:00Z&minutes=30&queue=Sales%20In");
        Assert.That(halves.Items("start", "end", "offered"), Is.EqualTo(new[] { "2026-08-21T16:00:00Z 2026-08-21T16:30:00Z 10", "2026-08-21T16:30:00Z 2026-08-21T17:00:00Z 0" }));

        Assert.That((await api.GetAsync($"{Window}&minutes=20")).Problem, Is.EqualTo("400 invalid: minutes must be 15 or 30 or 60."));
        Assert.That((await api.GetAsync($"{Window}&queue=Sales")).Problem, Is.EqualTo("404 queue-unknown: acme has no queue of this name: GET /integrations/acme/queues lists them all."));
        Assert.That((await api.GetAsync($"{Window}&workload=Sales")).Problem, Is.EqualTo("404 workload-unknown: No queue of this integration has this workload: GET /workloads lists them all."));
        Assert.That((await api.GetAsync($"{Window}&workload=a&queue=b")).Problem, Is.EqualTo("400 invalid: Give queue or workload, not both."));
        Assert.That((await api.GetAsync("integrations/acme/intervals?from=2026-05-01&to=2026-08-02")).Problem, Is.EqualTo("400 invalid: The window is longer than 92 days: ask for a part at a time."));
        Assert.That((await api.GetAsync("integrations/other/intervals?from=2026-08-01&to=2026-08-02")).Status, Is.EqualTo(404));
        Assert.That((await api.GetAsync(Window, ("Accept", "application/xml"))).Status, Is.EqualTo(406));
    }

    [Test]
    public async Task WorkloadsAddUp_AndAreEditedByOneAtATime()
    {
        var (app, api) = await ServeAsync(Setup());
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);

        var queues = await api.GetAsync("integrations/acme/queues");
        Assert.That(
            queues.Items("queue", "kind", "state", "firstSeen", "lastSeen", "listed", "workload"),
            Is.EqualTo(new[]
            {
                "(no campaign) campaign active 2026-08-21T16:34:00Z 2026-08-21T16:34:00Z false -",
                "Sales - Outbound campaign active - - true -",
                "Sales In campaign gone 2026-08-21T16:00:10Z 2026-08-21T16:47:00Z false -",
                "Sales Out campaign gone 2026-08-21T16:31:00Z 2026-08-21T16:33:00Z false -",
                "Support DE - Inbound campaign active - - true -",
                "Support EN - Inbound campaign active - - true -",
            }));
        var unmapped = queues["items.2.etag"]!;

        // Two people at once: one wins.
        var both = await Task.WhenAll(
            api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":" Sales "}""", ("If-Match", unmapped)),
            api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":"Sales"}""", ("If-Match", unmapped)));
        Assert.That(both.Select(reply => reply.Status), Is.EquivalentTo(new[] { 200, 412 }));
        var set = both.Single(reply => reply.Status == 200);
        Assert.That((set["queue"], set["workload"], set.ETag), Is.EqualTo(("Sales In", "Sales", (await api.GetAsync("integrations/acme/queues"))["items.2.etag"])));
        await api.PutAsync("integrations/acme/queues/Sales%20Out/workload", """{"workload":"Sales"}""", ("If-Match", "*"));
        await api.PutAsync("integrations/acme/queues/-/workload?queue=(no%20campaign)", """{"workload":"Inside"}""", ("If-Match", "*"));

        Assert.That(
            (await api.GetAsync("workloads")).Text,
            Is.EqualTo("""{"items":[{"workload":"Inside","queues":[{"integration":"acme","queue":"(no campaign)"}]},{"workload":"Sales","queues":[{"integration":"acme","queue":"Sales In"},{"integration":"acme","queue":"Sales Out"}]}]}"""));
        Assert.That(
            (await api.GetAsync("integrations/acme/intervals?from=2026-08-21T16:00:00Z&to=2026-08-21T17:00:00Z&minutes=60&workload=Sales")).Items("queue", "workload", "offered", "outbound", "outboundAttempts", "aht"),
            Is.EqualTo(new[] { "- Sales 10 1 2 330" }));
        Assert.That(
            (await api.GetAsync("integrations/acme/intervals?from=2026-08-21T16:30:00Z&to=2026-08-21T16:45:00Z")).Items("queue", "workload"),
            Is.EqualTo(new[] { "(no campaign) Inside", "Sales In Sales", "Sales Out Sales" }));

        var taken = await api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":null}""", ("If-Match", set.ETag!));
        Assert.That((taken.Status, taken["workload"], taken.ETag), Is.EqualTo((200, (string?)null, unmapped)));
        Assert.That((await api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":null}""", ("If-Match", "*"))).Status, Is.EqualTo(200));

        Assert.That((await api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":"x"}""")).Problem, Does.StartWith("428 if-match-missing: Send the ETag of the workload of the queue Sales In"));
        Assert.That((await api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":"x"}""", ("If-Match", set.ETag!))).Problem, Does.StartWith("412 changed: "));
        Assert.That((await api.PutAsync("integrations/acme/queues/Sales%20In/workload", "{}", ("If-Match", "*"))).Problem, Does.StartWith("400 body-unreadable: "));
        Assert.That((await api.PutAsync("integrations/acme/queues/Nobody/workload", """{"workload":"x"}""", ("If-Match", "*"))).Problem, Does.StartWith("404 queue-unknown: "));
        Assert.That((await api.PutAsync("integrations/acme/queues/Sales%20In/workload?queue=x", """{"workload":"x"}""", ("If-Match", "*"))).Problem, Does.StartWith("400 invalid: Name the queue in the path or in the parameter queue"));
        foreach (var name in new[] { "", " ", new string('x', 101), "a\\u0000b" })
        {
            Assert.That(
                (await api.PutAsync("integrations/acme/queues/Sales%20In/workload", $$"""{"workload":"{{name}}"}""", ("If-Match", "*"))).Problem,
                Is.EqualTo("400 invalid: workload must have 1 to 100 characters and no control characters; null takes it away."));
        }
    }

    [Test]
    public async Task AWorkload_OutlivesTheCatalogue_AndADayOfAnotherGroupingIsAbsent()
    {
        var (app, api) = await ServeAsync(Setup());
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        await api.PutAsync("integrations/acme/queues/Sales%20In/workload", """{"workload":"Sales"}""", ("If-Match", "*"));

        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:Grouping"] = "skill", ["Integrations:acme:CallLogFolder"] = "Call Log Reports", ["Integrations:acme:CallLogReport"] = "Call Log" }, Token);
        api = ClientOf(app);

        Assert.That((await api.GetAsync("integrations/acme/intervals?from=2026-08-21&to=2026-08-22")).Text, Is.EqualTo("""{"items":[],"absentDays":["2026-08-21"]}"""));
        Assert.That((await api.GetAsync("workloads")).Text, Is.EqualTo("""{"items":[]}"""));
        app.Clock.Advance(Duration.FromHours(1));
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        Assert.That((await api.GetAsync("integrations/acme/queues")).Items("queue", "kind"), Is.SupersetOf(new[] { "(no skill) skill", "S-Care skill", "S-New skill" }).And.None.Contains("campaign"));

        await app.RestartAsync(new Dictionary<string, string?>(), Token);
        api = ClientOf(app);
        app.Clock.Advance(Duration.FromHours(1));
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        Assert.That((await api.GetAsync("integrations/acme/queues")).Items("queue", "workload"), Is.SupersetOf(new[] { "(no campaign) -", "Sales In Sales", "Sales Out -" }));
    }

    [Test]
    public async Task WhatWasReadTooSoon_IsProvisional_AndWhatWasNotRead_IsNotThere()
    {
        var (app, api) = await ServeAsync(Setup() with { Now = "2026-08-21T17:15:00Z" });
        await app.ImportAsync("2026-08-21T16:00:00Z", "2026-08-21T16:40:00Z", Token);

        Assert.That(
            (await api.GetAsync("integrations/acme/intervals?from=2026-08-21&to=2026-08-22&queue=Sales%20In")).Items("start", "offered", "provisional"),
            Is.EqualTo(new[] { "2026-08-21T16:00:00Z 9 false", "2026-08-21T16:15:00Z 1 true", "2026-08-21T16:30:00Z 0 true" }));
        Assert.That(
            (await api.GetAsync("integrations/acme/intervals?from=2026-08-21&to=2026-08-22&queue=Sales%20In&minutes=60")).Items("start", "offered", "provisional"),
            Is.EqualTo(new[] { "2026-08-21T16:00:00Z 10 true" }));
    }

    [Test]
    public async Task AQueueOfAnyName_CanBeMapped()
    {
        string[] names = ["EU/West", "a%2Fb", "100 % sure?#1", "Ünï & \\ |*", "..", "~+;="];
        var rows = names.Select((name, i) => $"{200 + i},\"Fri, 21 Aug 2026 09:0{i}:00\",{name},Inbound,ann,S,,00:00:01,00:00:00,00:01:00,00:00:00,00:00:00,00:00:00,0");
        var (app, api) = await ServeAsync(Setup() with { Calls = new CallRows($"{CallText.Header}\n{string.Join('\n', rows)}") });
        await app.ImportAsync("2026-08-21T16:00:00Z", "2026-08-21T17:00:00Z", Token);

        foreach (var name in names)
        {
            var path = name == ".." ? "-/workload?queue=.." : $"{Uri.EscapeDataString(name)}/workload";
            var reply = await api.PutAsync($"integrations/acme/queues/{path}", """{"workload":"W"}""", ("If-Match", "*"));
            Assert.That((reply.Status, reply["queue"]), Is.EqualTo((200, name)), reply.Text);
            Assert.That((await api.GetAsync($"integrations/acme/intervals?from=2026-08-21T16:00:00Z&to=2026-08-21T16:15:00Z&queue={Uri.EscapeDataString(name)}")).Items("queue", "offered"), Is.EqualTo(new[] { $"{name} 1" }));
        }

        Assert.That((await api.GetAsync("integrations/acme/queues")).Items("workload").Count(workload => workload == "W"), Is.EqualTo(6));
    }

    private static TestSetup Setup() => new()
    {
        Rows = new StateRows(),
        Calls = new CallRows(WorkedExample.Csv),
        Now = "2026-08-22T08:00:00Z",
        Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" },
    };
}
