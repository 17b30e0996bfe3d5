using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>What Five9 said of Friday, 21 August 2026, in Los Angeles; and that nobody sees another integration's rows.</summary>
[CancelAfter(240_000)]
public sealed class ReportedTests : ApiTest
{
    private const string Friday = "from=2026-08-21&to=2026-08-22";

    private const string CallHeader =
        "date,callId,start,callType,class,queue,contact,campaign,skill,agent,agentName,disposition,queueWaitSeconds,ringSeconds,talkSeconds,holdSeconds,parkSeconds,afterCallWorkSeconds,"
        + "handleSeconds,speedOfAnswerSeconds,timeToAbandonSeconds,callSeconds,ivrSeconds,transfers,conferences,holds,abandoned,ani,dnis,customerName,recordings";

    [Test]
    public async Task Legs_AreTheSameFromTheTableAndFromTheRawDays()
    {
        var (app, api) = await ServeAsync(Setup());
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);

        var stored = await ResultText.CsvAsync(api, $"integrations/acme/calls?{Friday}");
        Assert.That(stored, Has.Length.EqualTo(25));
        Assert.That(stored[..2], Is.EqualTo(new[] { CallHeader, "2026-08-21,101,2026-08-21T16:00:10Z,Inbound,contactLeg,Sales In,101/1,Sales In,S-New,ann,,,12,3,240,60,0,30,,,,,20,,,,false,,,," }));
        Assert.That(await ResultText.AllAsync(api, $"integrations/acme/calls?{Friday}", CallHeader, limit: 7), Is.EqualTo(stored));
        Assert.That(
            (await api.GetAsync($"integrations/acme/calls?{Friday}&callId=105")).Items("start", "class", "queue", "contact", "agent"),
            Is.EqualTo(new[] { "2026-08-21T16:05:00Z contactLeg Sales In 105/1 bob", "2026-08-21T16:07:40Z contactLeg Sales In 105/1 cat" }));
        Assert.That((await api.GetAsync($"integrations/acme/calls?{Friday}&queue=Sales%20Out")).Items("callId", "class"), Is.EqualTo(new[] { "112 attempt", "113 outbound", "114 attempt" }));

        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:StoreCalls"] = "false" }, Token);
        Assert.That(await ResultText.CsvAsync(ClientOf(app), $"integrations/acme/calls?{Friday}"), Is.EqualTo(stored));
    }

    [Test]
    public async Task RawRows_AreAsFive9WroteThem_TwinsAndQuarantinedOnesToo()
    {
        var (app, api) = await ServeAsync(Setup());
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);

        string[] expected =
        [
            "date,agent,start,end,quarantinedLine,quarantinedReason,quarantinedText,DATE,TIME,AGENT,AGENT NAME,STATE,REASON CODE,CALL ID,AGENT STATE TIME",
            "2026-08-21,ann,2026-08-21T16:00:00Z,2026-08-21T16:00:05Z,,,,2026/08/21,09:00:00,ann,,Ready,,,00:00:05",
            "2026-08-21,ann,2026-08-21T16:00:00Z,2026-08-21T16:00:05Z,,,,2026/08/21,09:00:00,ann,,Ready,,,00:00:05",
            "2026-08-21,bob,2026-08-21T17:00:00Z,2026-08-21T17:10:00Z,,,,2026/08/21,10:00:00,bob,,Not Ready,Lunch,,00:10:00",
        ];
        var csv = await ResultText.CsvAsync(api, $"integrations/acme/agent-states/raw?{Friday}");
        Assert.That(csv[..4], Is.EqualTo(expected));
        Assert.That(csv[4..], Is.EqualTo(new[] { "2026-08-21,,2026-08-21T18:00:00Z,,5,the duration cannot be read (AGENT STATE TIME),\"2026/08/21,11:00:00,ann,,Ready,,,never\",,,,,,,," }));
        var pages = await ResultText.AllAsync(api, $"integrations/acme/agent-states/raw?{Friday}", expected[0], limit: 1);
        Assert.That((pages[..4], pages.Length), Is.EqualTo((expected, 5)));
        Assert.That((await api.GetAsync($"integrations/acme/agent-states/raw?{Friday}&agent=ann")).Items("agent", "start", "STATE"), Is.EqualTo(new[] { "ann 2026-08-21T16:00:00Z Ready", "ann 2026-08-21T16:00:00Z Ready" }));
        Assert.That((await api.GetAsync("integrations/acme/agent-states/raw?from=2026-08-21T17:00:00Z&to=2026-08-21T18:00:00Z")).Items("agent"), Is.EqualTo(new[] { "bob" }));
        Assert.That((await api.GetAsync($"integrations/acme/calls/raw?{Friday}&callId=102")).Items("callId", "CALL TYPE", "QUEUE WAIT TIME", "ABANDONED"), Is.EqualTo(new[] { "102 Inbound 00:00:04 1" }));
        Assert.That((await api.GetAsync($"integrations/acme/calls/raw?{Friday}")).Json["items"]!.AsArray(), Has.Count.EqualTo(24));

        foreach (var route in new[] { "calls", "calls/raw", "agent-states/raw" })
        {
            Assert.That((await api.GetAsync($"integrations/acme/{route}?from=2026-08-01&to=2026-09-02")).Problem, Does.StartWith("400 invalid: The window is longer than 31 days"));
            Assert.That((await api.GetAsync($"integrations/none/{route}?{Friday}")).Status, Is.EqualTo(404));
            Assert.That((await api.GetAsync($"integrations/acme/{route}?{Friday}", ("Accept", "text/html"))).Status, Is.EqualTo(406));
        }
    }

    [Test]
    public async Task CustomerData_IsThereOnlyWhileItIsKept()
    {
        var (app, api) = await ServeAsync(Setup() with
        {
            Calls = new CallRows(WorkedExample.LiveRows),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1", ["Integrations:acme:KeepCustomerData"] = "true" },
        });
        await app.ImportAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        Assert.That((await api.GetAsync($"integrations/acme/calls?{Friday}&callId=300000010270761")).Items("ani", "dnis", "recordings"), Is.EqualTo(new[] { "5550100001 5550100101 09:00:25(0:43)" }));
        Assert.That((await api.GetAsync($"integrations/acme/calls/raw?{Friday}&callId=300000010270761")).Items("ANI"), Is.EqualTo(new[] { "5550100001" }));

        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:KeepCustomerData"] = "false" }, Token);

        foreach (var route in new[] { "calls", "calls/raw" })
        {
            var csv = string.Join('\n', await ResultText.CsvAsync(ClientOf(app), $"integrations/acme/{route}?{Friday}"));
            Assert.That(csv, Does.Contain("300000010270761").And.Not.Contain("5550100"));
        }
    }

    [Test]
    public async Task ARequestForOneIntegration_NeverHasRowsOfAnother()
    {
        var (states, calls) = (new StateRows(), new CallRows(CallText.Header));
        var (app, api) = await ServeAsync(Setup() with { Rows = states, Calls = calls, Integrations = ["acme", "acme-1", "acme-2"], Settings = new Dictionary<string, string?>() });
        foreach (var id in new[] { "acme", "acme-2" })
        {
            states.Rows = [new($"agent of {id}", "Ready", "2026-08-22T07:10:00Z", "2026-08-22T07:20:00Z")];
            calls.Csv = $"{CallText.Header}\n7,\"Sat, 22 Aug 2026 00:10:00\",queue of {id},Inbound,agent of {id},S,,00:00:01,00:00:00,00:01:00,00:00:00,00:00:00,00:00:00,0";
            await app.FinishedAsync(await app.OpenAsync("2026-08-22T07:00:00Z", "2026-08-22T07:55:00Z", Token, id), Token);
            Assert.That((await api.PutAsync($"integrations/{id}/queues/queue%20of%20{id}/workload", $$"""{"workload":"work of {{id}}"}""", ("If-Match", "*"))).Status, Is.EqualTo(200));
        }

        const string Window = "?from=2026-08-22&to=2026-08-23";
        foreach (var route in new[] { "queues", $"intervals{Window}", $"agents{Window}", $"agent-states{Window}", $"agent-states/raw{Window}", $"calls{Window}", $"calls/raw{Window}" })
        {
            var (one, none, two) = (await api.GetAsync($"integrations/acme/{route}"), await api.GetAsync($"integrations/acme-1/{route}"), await api.GetAsync($"integrations/acme-2/{route}"));
            Assert.That(one.Text, Does.Contain(" of acme\"").And.Not.Contain(" of acme-2"), route);
            Assert.That(two.Text, Does.Contain(" of acme-2\"").And.Not.Contain(" of acme\""), route);
            Assert.That(none.Text, Does.StartWith("""{"items":[]"""), route);
        }

        Assert.That((await api.GetAsync($"integrations/acme-1/coverage{Window}")).Items("report", "state", "rows"), Is.EqualTo(new[] { "agent-states missing 0", "calls missing 0" }));
        Assert.That((await api.GetAsync($"integrations/acme/coverage{Window}")).Items("report", "state", "rows"), Is.EqualTo(new[] { "agent-states provisional 1", "calls provisional 1" }));
        Assert.That((await api.GetAsync($"integrations/acme/agent-states{Window}&agent=agent%20of%20acme-2")).Text, Is.EqualTo("""{"items":[]}"""));
        Assert.That((await api.PutAsync("integrations/acme/queues/queue%20of%20acme-2/workload", """{"workload":"x"}""", ("If-Match", "*"))).Status, Is.EqualTo(404));
        Assert.That((await api.GetAsync($"integrations/acme/intervals{Window}&workload=work%20of%20acme-2")).Status, Is.EqualTo(404));
        var token = (await api.GetAsync($"integrations/acme/queues?limit=1"))["continuation"];
        Assert.That((await api.GetAsync($"integrations/acme-2/queues?limit=1&continuation={token}")).Problem, Does.StartWith("400 continuation-of-another: "));
    }

    private static TestSetup Setup() => new()
    {
        Rows = new StateRows(
            new("bob", "Not Ready", "2026-08-21T17:00:00Z", "2026-08-21T17:10:00Z", Reason: "Lunch"),
            new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:05Z"),
            new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T16:00:05Z"),
            new("ann", "Ready", "2026-08-21T18:00:00Z", "2026-08-21T18:00:05Z") { Length = "never" }),
        Calls = new CallRows(WorkedExample.Csv),
        Now = "2026-08-22T08:00:00Z",
        Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "1" },
    };
}
