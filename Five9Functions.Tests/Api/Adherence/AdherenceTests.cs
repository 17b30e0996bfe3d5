using Five9Functions.AgentStates;
using Five9Functions.RealTime;
using Five9Functions.Storage;
using Five9Functions.Tests.Api.Queries;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api.Adherence;

/// <summary>The worked example of docs/adherence.md, imported from the simulator; bob was planned for an hour and never came. Two more were never planned; of eve it was read what she did until her present state began.</summary>
[CancelAfter(240_000)]
public sealed class AdherenceTests : ApiTest
{
    private const string Path = "integrations/acme/adherence";

    private const string Header =
        "agent,agents,scheduledSeconds,inSeconds,notPresentSeconds,wrongSeconds,unknownSeconds,notScheduledSeconds,workedSeconds,scheduledWorkSeconds,scheduledWorkUnknownSeconds,adherence,conformance";

    private const string Activities = """
        {"activities":[{"name":"Phone","type":"work"},{"name":"Break","type":"break"}],
         "states":[{"kind":"call","activity":"Phone"},{"state":"Ready","activity":"Phone"},{"state":"Not Ready","reason":"Lunch","activity":"Break"}],
         "tolerances":{"notPresent":120,"wrong":60}}
        """;

    private const string Plan = """
        {"items":[
          {"agent":"ann","activity":"Phone","type":"work","start":"2026-10-31T22:00","end":"2026-11-01T02:30:00-08:00"},
          {"agent":"ann","activity":"Break","type":"break","start":"2026-11-01T10:30Z","end":"2026-11-01T11:00Z"},
          {"agent":"ann","activity":"Phone","type":"work","start":"2026-11-01T11:00Z","end":"2026-11-01T14:00Z"},
          {"agent":"bob","activity":"Phone","type":"work","start":"2026-11-01T10:00Z","end":"2026-11-01T11:00Z"},
          {"agent":"ann","activity":"Phone","type":"work","start":"2026-11-02T11:58Z","end":"2026-11-02T13:00Z"},
          {"agent":"bob","activity":"Break","type":"break","start":"2026-11-02T11:00Z","end":"2026-11-02T13:00Z"}
        ]}
        """;

    private static StateRow[] Rows =>
    [
        Row("Not Ready", "05:00:50", "05:01:20", "Not Ready"), Row("Ready", "05:01:20", "06:55:00"), Row("Not Ready", "06:55:00", "07:05:00", "Lunch"), Row("Inbound", "07:05:00", "10:29:30"),
        Row("Not Ready", "10:29:30", "10:58:00", "Lunch"), Row("Ready", "10:58:00", "12:00:00"), Row("Ready", "12:15:00", "13:40:00"), Row("Logout", "13:40:00", "15:00:00"), Row("Ready", "15:00:00", "15:10:00"),
        new("eve", "Ready", "2026-11-01T16:10:00Z", "2026-11-01T16:30:00Z"),
    ];

    [Test]
    public async Task TheWorkedExample_OverHttp_AndThenByOtherRules_WithoutAnImport()
    {
        var (app, api) = await ServeAsync(new TestSetup
        {
            Rows = new StateRows(Rows),
            Now = "2026-11-02T12:00:00Z",
            Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "2", ["Integrations:acme:Agents"] = "200", ["Integrations:acme:RealTime"] = "true" },
        });
        await app.ImportAsync("2026-11-01T05:00:00Z", "2026-11-01T12:00:00Z", Token);
        await app.ImportAsync("2026-11-01T12:15:00Z", "2026-11-01T16:30:00Z", Token);
        Assert.That((await api.PutAsync("integrations/acme/schedules?from=2026-10-31&to=2026-11-03", Plan)).Status, Is.EqualTo(200));
        var unmapped = (await api.GetAsync("integrations/acme/activities")).Json["unmapped"]!["states"]!.AsArray().Select(state => $"{state!["state"]}/{state["reason"]} {state["kind"]} {state["minutes"]}");
        Assert.That(unmapped, Is.EqualTo(new[] { "Ready/ ready 290.7", "Inbound/ call 204.5", "Not Ready/Lunch notReady 38.5", "Not Ready/Not Ready notReady 0.5" }));
        Assert.That((await api.PutAsync("integrations/acme/activities", Activities, ("If-Match", "*"))).Status, Is.EqualTo(200));
        var left = (await api.GetAsync("integrations/acme/activities?days=2")).Json["unmapped"]!["states"]!.AsArray().Select(state => $"{state!["state"]}/{state["reason"]} {state["minutes"]}");
        Assert.That(left, Is.EqualTo(new[] { "Not Ready/Not Ready 0.5" }));

        string[] all =
        [
            Header,
            "ann,,32400,29580,1200,720,900,600,28510,30600,900,93.9,96",
            "bob,,3600,0,3600,0,0,0,0,3600,0,0,0",
            ",2,36000,29580,4800,720,900,600,28510,34200,900,84.3,85.6",
        ];
        const string Shift = $"{Path}?from=2026-11-01T05:00:00Z&to=2026-11-01T16:00:00Z";
        var csv = await ResultText.CsvAsync(api, Shift);
        Assert.That(csv, Is.EquivalentTo(all));
        Assert.That((csv[0], csv[^1]), Is.EqualTo((Header, all[^1])));
        Assert.That(await ResultText.AllAsync(api, Shift, Header, limit: 1), Is.EqualTo(csv));
        Assert.That(await ResultText.CsvAsync(api, $"{Path}?from=2026-10-31&to=2026-11-01"), Is.EqualTo(new[] { Header, "ann,,7200,6900,0,300,0,0,6820,7200,0,95.8,94.7", ",1,7200,6900,0,300,0,0,6820,7200,0,95.8,94.7" }));
        Assert.That(await ResultText.CsvAsync(api, $"{Path}?from=2026-11-01&to=2026-11-02&agent=ann"), Does.Contain("ann,,25200,22680,1200,420,900,600,21690,23400,900,93.3,96.4"));
        Assert.That(
            (await api.GetAsync($"{Path}?from=2026-11-02&to=2026-11-03&agent=ann")).Text,
            Does.StartWith("""{"items":[{"agent":"ann","scheduledSeconds":3720,"inSeconds":0,"notPresentSeconds":0,"wrongSeconds":0,"unknownSeconds":3720,"notScheduledSeconds":0,"workedSeconds":0,"scheduledWorkSeconds":3720,"scheduledWorkUnknownSeconds":3720},"""),
            "what was not read, and what is in the future");

        // The past by other rules.
        await api.PutAsync("integrations/acme/activities", Activities.Replace("\"wrong\":60", "\"wrong\":400", StringComparison.Ordinal), ("If-Match", "*"));
        Assert.That(await ResultText.CsvAsync(api, $"{Path}?from=2026-10-31&to=2026-11-01&agent=ann"), Does.Contain("ann,,7200,6900,0,300,0,0,6820,7200,0,95.8,94.7"), "600 s over midnight are out on both sides");
        Assert.That(await ResultText.CsvAsync(api, $"{Path}?from=2026-11-01&to=2026-11-02&agent=ann"), Does.Contain("ann,,25200,22800,1200,300,900,600,21690,23400,900,93.8,96.4"));

        // Read, and not derived: nobody knows.
        var day = await app.Get<ReportDayTable>().GetAsync(new RawDayId("acme", "agent-states", new LocalDate(2026, 11, 1)), Token);
        await app.Get<ReportDayTable>().TryWriteAsync(day, day.Value with { LandedVersion = day.Value.LandedVersion + 1 }, Token);
        Assert.That(await ResultText.CsvAsync(api, $"{Path}?from=2026-11-01&to=2026-11-02&agent=ann"), Does.Contain("ann,,25200,0,0,0,25200,0,0,23400,23400,,"));

        await app.Get<ReportDayTable>().TryWriteAsync(await app.Get<ReportDayTable>().GetAsync(day.Value.Id, Token), day.Value, Token);

        await NowAsync(app, api);
    }

    [Test]
    public async Task WhatCannotBeAsked_IsNamed()
    {
        var (_, api) = await ServeAsync(new TestSetup { Rows = new StateRows(), Now = "2026-11-02T12:00:00Z" });

        Assert.That((await api.GetAsync($"{Path}?from=2026-11-01")).Problem, Does.StartWith("400 invalid: to is missing"));
        Assert.That((await api.GetAsync($"{Path}?from=2026-11-01&to=2026-12-03")).Problem, Does.StartWith("400 invalid: The window is longer than 31 days"));
        Assert.That((await api.GetAsync($"{Path}?from=2026-11-01&to=2026-11-01T12:00:00.25Z")).Problem, Is.EqualTo("400 invalid: from and to must be on whole seconds."));
        Assert.That((await api.GetAsync($"{Path}?team=a")).Problem, Does.StartWith("400 invalid: 'team' is no parameter of this request"));
        Assert.That((await api.GetAsync("integrations/nobody/adherence")).Problem, Does.StartWith("404 integration-unknown"));
        Assert.That((await api.GetAsync(Path, ("Accept", "image/png"))).Status, Is.EqualTo(406));
        Assert.That((await api.GetAsync($"{Path}?from=2026-11-01&to=2026-11-02")).Text, Is.EqualTo("""{"items":[{"agents":0,"scheduledSeconds":0,"inSeconds":0,"notPresentSeconds":0,"wrongSeconds":0,"unknownSeconds":0,"notScheduledSeconds":0,"workedSeconds":0,"scheduledWorkSeconds":0,"scheduledWorkUnknownSeconds":0}]}"""));
        Assert.That((await api.GetAsync(Path)).Text, Is.EqualTo("""{"items":[],"feed":"down","reason":"Real time is off for this integration: Five9 is not asked."}"""));
        var csv = await api.GetAsync(Path, ("Accept", "text/csv"));
        Assert.That((csv.Text, csv.Feed), Is.EqualTo(("agent,class,since,buffer,scheduled,scheduledType,scheduledEnd,activity,state,reasonCode,stateSince,feed,asOf\r\n", "down Real time is off for this integration: Five9 is not asked.")));
        Assert.That((await api.GetAsync($"{Path}?from=2026-11-01&to=2026-11-02", ("Accept", "text/csv"))).Feed, Is.Empty, "a window has no feed");
    }

    // It is 12:00 on 2 November.
    private static async Task NowAsync(TestApp app, ApiClient api)
    {
        string[] columns = ["agent", "class", "since", "buffer", "scheduled", "activity", "state", "feed"];
        var down = await api.GetAsync(Path);
        Assert.That(down.Items(columns), Is.EqualTo(new[] { "ann unknown - false Phone - - down", "bob unknown - false Break - - down" }));
        Assert.That((down["feed"], down["reason"]), Is.EqualTo(("down", "Five9 has not told any state yet; it is asked with the next tick.")));

        var (now, live) = (app.Clock.Now, app.Get<LiveStateTable>());
        await live.TryWriteAsync("acme", null, new LiveSession(), Token);
        LiveAgent Agent(string agent, string state, StateKind kind, string since, string? reason = null) =>
            new(new(agent, state, kind, reason, null, null, NodaTime.Text.InstantPattern.ExtendedIso.Parse(since).Value, now));
        await live.TryWriteAsync(
            "acme",
            (await live.FindSessionAsync("acme", Token))!.Value,
            [
                Agent("ann", "Logged Out", StateKind.LoggedOut, "2026-11-02T09:00:00Z"), Agent("bob", "Not Ready", StateKind.NotReady, "2026-11-02T10:50:00Z", "Lunch"),
                Agent("cat", "Ready", StateKind.Ready, "2026-11-02T11:59:59Z"), Agent("eve", "Not Ready", StateKind.NotReady, "2026-11-01T16:30:00Z"),
            ],
            new LiveSession { AsOf = now },
            Token);

        var reply = await api.GetAsync(Path);
        Assert.That(reply.Items(columns), Is.EqualTo(new[]
        {
            "ann not-present 2026-11-02T11:58:00Z true Phone - Logged Out live",
            "bob in 2026-11-02T11:00:00Z false Break Break Not Ready live",
            "cat not-scheduled 2026-11-02T11:59:59Z false - Phone Ready live",
            "eve not-scheduled 2026-11-01T16:10:00Z false - - Not Ready live",
        }));
        Assert.That((reply["feed"], reply["asOf"], reply["items.0.scheduledEnd"], reply["items.1.reasonCode"]), Is.EqualTo(("live", "2026-11-02T12:00:00Z", "2026-11-02T13:00:00Z", "Lunch")));
        Assert.That((await api.GetAsync($"{Path}?agent=bob")).Items("agent"), Is.EqualTo(new[] { "bob" }));
        Assert.That((await api.GetAsync($"{Path}?limit=2")).Items("agent"), Is.EqualTo(new[] { "ann", "bob" }));
        Assert.That((await ResultText.CsvAsync(api, Path))[1], Is.EqualTo("ann,not-present,2026-11-02T11:58:00Z,true,Phone,work,2026-11-02T13:00:00Z,,Logged Out,,2026-11-02T09:00:00Z,live,2026-11-02T12:00:00Z"));
        Assert.That((await api.GetAsync(Path, ("Accept", "text/csv"))).Feed, Is.EqualTo("live 2026-11-02T12:00:00Z"));

        app.Clock.Advance(Duration.FromSeconds(1));
        Assert.That((await api.GetAsync($"{Path}?agent=ann")).Items("class", "since", "buffer"), Is.EqualTo(new[] { "not-present 2026-11-02T11:58:00Z false" }), "121 s are more than 120");
    }

    private static StateRow Row(string state, string from, string to, string reason = "") => new("ann", state, $"2026-11-01T{from}Z", $"2026-11-01T{to}Z", reason);
}
