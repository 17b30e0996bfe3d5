using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>Thursday 20 and Friday 21 August 2026, in Los Angeles: midnight is 07:00 in UTC.</summary>
[CancelAfter(240_000)]
public sealed class TimelinesTests : ApiTest
{
    private const string Header =
        "date,agent,agentName,state,kind,reasonCode,callId,start,end,durationSeconds,reportedStart,reportedEnd,adjusted,open,provisional,alsoActive,continuesFromPreviousDay,continuesOnNextDay";

    private static readonly StateRow[] Rows =
    [
        new("ann", "Ready", "2026-08-20T16:00:00Z", "2026-08-20T16:00:05Z"),
        new("ann", "Inbound", "2026-08-20T16:00:00Z", "2026-08-20T16:03:00Z", Call: "4711"),
        new("bob", "Not Ready", "2026-08-21T06:50:00Z", "2026-08-21T07:10:00Z", Reason: "Lunch"),
        new("ann", "Ready", "2026-08-21T16:00:00Z", "2026-08-21T17:00:00Z"),
        new("zoe", "Ready", "2026-08-22T07:30:00Z", null),
    ];

    private static readonly string[] All =
    [
        Header,
        "2026-08-20,ann,,Ready,ready,,,2026-08-20T16:00:00Z,2026-08-20T16:00:05Z,5,2026-08-20T16:00:00Z,2026-08-20T16:00:05Z,false,false,false,call,false,false",
        "2026-08-20,ann,,Inbound,call,,4711,2026-08-20T16:00:05Z,2026-08-20T16:03:00Z,175,2026-08-20T16:00:00Z,2026-08-20T16:03:00Z,true,false,false,,false,false",
        "2026-08-20,bob,,Not Ready,notReady,Lunch,,2026-08-21T06:50:00Z,2026-08-21T07:00:00Z,600,2026-08-21T06:50:00Z,2026-08-21T07:10:00Z,false,false,false,,false,true",
        "2026-08-21,bob,,Not Ready,notReady,Lunch,,2026-08-21T07:00:00Z,2026-08-21T07:10:00Z,600,2026-08-21T06:50:00Z,2026-08-21T07:10:00Z,false,false,false,,true,false",
        "2026-08-21,ann,,Ready,ready,,,2026-08-21T16:00:00Z,2026-08-21T17:00:00Z,3600,2026-08-21T16:00:00Z,2026-08-21T17:00:00Z,false,false,false,,false,false",
        "2026-08-22,zoe,,Ready,ready,,,2026-08-22T07:30:00Z,2026-08-22T08:00:00Z,1800,2026-08-22T07:30:00Z,,false,true,true,,false,false",
    ];

    [TestCase(1)]
    [TestCase(16)]
    public async Task JsonAndCsv_SayTheSame_OverDaysAndBuckets(int buckets)
    {
        var (app, api) = await ServeAsync(Setup(buckets));
        await app.ImportAsync("2026-08-20T07:00:00Z", "2026-08-22T08:00:00Z", Token);
        const string Window = "integrations/acme/agent-states?from=2026-08-20&to=2026-08-23";

        // Within a day agents come bucket by bucket; their own segments by time.
        var csv = await ResultText.CsvAsync(api, Window);
        Assert.That(csv[1..], Is.EquivalentTo(All[1..]));
        Assert.That(csv.Where(line => line.Contains(",ann,", StringComparison.Ordinal)), Is.EqualTo(All.Where(line => line.Contains(",ann,", StringComparison.Ordinal))));
        Assert.That(csv[1..].Select(line => line[..10]), Is.Ordered);
        foreach (var limit in new[] { 1, 2, 1000 })
        {
            Assert.That(await ResultText.AllAsync(api, Window, Header, limit), Is.EqualTo(csv));
        }

        Assert.That(
            (await api.GetAsync("integrations/acme/agent-states?from=2026-08-20T16:00:05Z&to=2026-08-21T07:00:00Z&agent=ann")).Items("agent", "state", "start"),
            Is.EqualTo(new[] { "ann Inbound 2026-08-20T16:00:05Z" }), "What ends as the window begins is not in it.");
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-23&agent=an")).Text, Is.EqualTo("""{"items":[]}"""));

        const string Agents = "integrations/acme/agents?from=2026-08-20&to=2026-08-23";
        var agents = await ResultText.CsvAsync(api, Agents);
        Assert.That(agents[0], Is.EqualTo("agent,agentName,first,last"));
        Assert.That(agents[1..], Is.EquivalentTo(new[] { "ann,,2026-08-20T16:00:00Z,2026-08-21T17:00:00Z", "bob,,2026-08-21T06:50:00Z,2026-08-21T07:10:00Z", "zoe,,2026-08-22T07:30:00Z,2026-08-22T08:00:00Z" }));
        Assert.That(await ResultText.AllAsync(api, Agents, agents[0], limit: 1), Is.EqualTo(agents));
        Assert.That((await api.GetAsync("integrations/acme/agents?from=2026-08-22T07:00:00Z&to=2026-08-23")).Items("agent"), Is.EqualTo(new[] { "zoe" }));
    }

    [Test]
    public async Task Explained_EachSegmentSaysWhy_AndEachRowThatShowsNowhere()
    {
        var (app, api) = await ServeAsync(Setup(1) with
        {
            Rows = new StateRows(
            [
                .. Rows,
                new("ann", "Ready", "2026-08-20T16:00:00Z", "2026-08-20T16:00:05Z"),
                new("ann", "Login", "2026-08-20T16:01:00Z", "2026-08-20T16:01:00Z"),
                new("ann", "Ready", "2026-08-20T18:00:00Z", "2026-08-20T18:00:05Z") { Length = "never" },
            ]),
        });
        await app.ImportAsync("2026-08-20T07:00:00Z", "2026-08-22T08:00:00Z", Token);

        var reply = await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-21&agent=ann&explain=true");

        var stored = await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-21&agent=ann");
        string[] names = Header.Split(',');
        Assert.That(reply.Items(names), Is.EqualTo(stored.Items(names)));
        Assert.That(
            reply.Json["items"]![1]!["rules"]!.ToJsonString(),
            Is.EqualTo("""[{"rule":"yields-at-start","at":"2026-08-20T16:00:05Z","by":{"state":"Ready","reasonCode":"","callId":"","start":"2026-08-20T16:00:00Z","end":"2026-08-20T16:00:05Z","asOf":"2026-08-22T08:00:00Z"},"because":"shorter"}]"""));
        Assert.That((reply["items.1.rows.0.start"], reply["items.1.rows.0.end"], reply.Json["items"]![0]!["rules"]!.ToJsonString()), Is.EqualTo(("2026-08-20T16:00:00Z", "2026-08-20T16:03:00Z", "[]")));
        Assert.That((reply["notShown.0.class"], reply["notShown.0.rules.0.rule"], reply["notShown.0.row.state"]), Is.EqualTo(("duplicate", "same-row-twice", "Ready")));
        Assert.That((reply["notShown.1.class"], reply["notShown.1.rules.0.rule"], reply["notShown.1.row.state"]), Is.EqualTo(("marker", "no-length", "Login")));
        Assert.That((reply["quarantined.0.at"], reply["quarantined.0.reason"]), Is.EqualTo(("2026-08-20T18:00:00Z", "the duration cannot be read (AGENT STATE TIME)")));

        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-21&explain=true")).Problem, Is.EqualTo("400 invalid: An explanation is of one agent: give agent."));
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-18&to=2026-08-22&agent=ann&explain=true")).Problem, Does.StartWith("400 invalid: The window is longer than 3 days"));
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-21&agent=ann&explain=true&limit=5")).Problem, Is.EqualTo("400 invalid: An explanation has no pages: leave limit out."));
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-21&agent=ann&explain=true", ("Accept", "text/csv"))).Status, Is.EqualTo(406));
    }

    [Test]
    public async Task WhatCannotBeAsked_IsNamed()
    {
        var (_, api) = await ServeAsync(Setup(1));

        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-20")).Problem, Does.StartWith("400 invalid: to is missing: "));
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-01&to=2026-09-02")).Problem, Does.StartWith("400 invalid: The window is longer than 31 days"));
        Assert.That((await api.GetAsync("integrations/acme/agents?from=2026-08-01&to=2026-09-02")).Problem, Does.StartWith("400 invalid: The window is longer than 31 days"));
        Assert.That((await api.GetAsync("integrations/acme/agents?from=2026-08-02&to=2026-08-01")).Problem, Does.StartWith("400 invalid: to must be later than from"));
        Assert.That((await api.GetAsync("integrations/nobody/agent-states?from=2026-08-20&to=2026-08-21")).Problem, Does.StartWith("404 integration-unknown: "));
        Assert.That((await api.GetAsync("integrations/acme/agent-states?from=2026-08-20&to=2026-08-21", ("Accept", "image/png"))).Problem, Does.StartWith("406 not-acceptable: "));
    }

    private static TestSetup Setup(int buckets) => new()
    {
        Rows = new StateRows(Rows),
        Now = "2026-08-22T08:00:00Z",
        Settings = new Dictionary<string, string?> { ["Integrations:acme:HistoryDays"] = "2", ["Integrations:acme:Agents"] = buckets == 1 ? "100" : "200" },
    };
}
