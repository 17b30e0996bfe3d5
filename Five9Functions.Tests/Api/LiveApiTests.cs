using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

[CancelAfter(240_000)]
public sealed class LiveApiTests : ApiTest
{
    [Test]
    public async Task ThePicture_AsJsonAndCsv_WithATagThatChangesWithIt_AndWhatTheFeedSaysInHealth()
    {
        var centre = new LiveCentre().Put("anna", "Ready", "20:50:00").Put("ben, jr.", "On Call", "20:55:00", callType: "Inbound", campaign: "Sales \"In\"");
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-02T21:00:00Z", Rows = new StateRows(), Live = centre });

        Assert.That((await api.GetAsync("integrations/acme/live")).Text, Is.EqualTo("""{"feed":"down","reason":"Five9 has not told any state yet; it is asked with the next tick.","agents":[]}"""));
        var nobody = await api.GetAsync("integrations/acme/live", ("Accept", "text/csv"));
        Assert.That((nobody.Text, nobody.Feed), Is.EqualTo(("agent,state,kind,reasonCode,callType,campaign,since,toldAt,asOf,feed,reason\r\n", "down Five9 has not told any state yet; it is asked with the next tick.")));

        await app.PollAsync(Token);
        var json = await api.GetAsync("integrations/acme/live");
        Assert.That((json.Status, json.Type, json.Text), Is.EqualTo((200, "application/json",
            """{"asOf":"2026-11-02T21:00:00Z","feed":"live","agents":[{"agent":"anna","state":"Ready","kind":"ready","since":"2026-11-02T20:50:00Z","toldAt":"2026-11-02T21:00:00Z"},"""
            + """{"agent":"ben, jr.","state":"On Call","kind":"call","callType":"Inbound","campaign":"Sales \"In\"","since":"2026-11-02T20:55:00Z","toldAt":"2026-11-02T21:00:00Z"}]}""")));
        var csv = await api.GetAsync("integrations/acme/live", ("Accept", "text/csv"));
        Assert.That((csv.Type, csv.Text), Is.EqualTo(("text/csv",
            "agent,state,kind,reasonCode,callType,campaign,since,toldAt,asOf,feed,reason\r\n"
            + "anna,Ready,ready,,,,2026-11-02T20:50:00Z,2026-11-02T21:00:00Z,2026-11-02T21:00:00Z,live,\r\n"
            + "\"ben, jr.\",On Call,call,,Inbound,\"Sales \"\"In\"\"\",2026-11-02T20:55:00Z,2026-11-02T21:00:00Z,2026-11-02T21:00:00Z,live,\r\n")));
        Assert.That((csv.Feed, json.Feed), Is.EqualTo(("live 2026-11-02T21:00:00Z", "")));
        Assert.That(csv.ETag, Is.Not.EqualTo(json.ETag), "two forms are two");

        // The same picture: nothing is sent, and of the table one row is read.
        var same = await api.GetAsync("integrations/acme/live", ("If-None-Match", $"\"other\", {json.ETag}"));
        Assert.That((same.Status, same.Text, same.ETag), Is.EqualTo((304, "", json.ETag)));
        Assert.That((await api.GetAsync("integrations/acme/live", ("If-None-Match", csv.ETag!))).Status, Is.EqualTo(200));
        Assert.That((await api.GetAsync("integrations/acme/live", ("If-None-Match", csv.ETag!), ("Accept", "text/csv"))).Status, Is.EqualTo(304));

        // Nothing changed but when Five9 was asked: that is told too, so it is another answer. So is a feed that goes stale without anything being written.
        await app.PollLaterAsync(Token);
        var later = await api.GetAsync("integrations/acme/live", ("If-None-Match", json.ETag!));
        Assert.That((later.Status, later["asOf"]), Is.EqualTo((200, "2026-11-02T21:00:15Z")));
        app.Clock.Advance(Duration.FromSeconds(25));
        var stale = await api.GetAsync("integrations/acme/live", ("If-None-Match", later.ETag!));
        Assert.That((stale.Status, stale["feed"], stale["agents.0.kind"]), Is.EqualTo((200, "stale", "ready")));
        app.Clock.Advance(Duration.FromSeconds(30));
        var down = await api.GetAsync("integrations/acme/live", ("If-None-Match", stale.ETag!));
        Assert.That((down.Status, down["feed"], down["agents.1.state"], down["agents.1.kind"], down["agents.1.campaign"], down["agents.1.since"]), Is.EqualTo((200, "down", "Unknown", "unknown", (string?)null, "2026-11-02T21:00:15Z")));

        var health = await api.GetAsync("health/integrations");
        Assert.That(health.Json["items"]![0]!["live"]!.ToJsonString(), Is.EqualTo("""{"feed":"down","asOf":"2026-11-02T21:00:15Z","reason":"Five9 answered at 2026-11-02T21:00:15Z for the last time, and no poll has come to its end since."}"""));
    }

    [Test]
    public async Task WhatIsWrong_IsNamed_AndWithoutRealTimeFive9IsNotAsked()
    {
        var (app, api) = await ServeAsync(new TestSetup { Now = "2026-11-02T21:00:00Z", Rows = new StateRows() });

        Assert.That((await api.GetAsync("integrations/acme/live")).Problem, Is.EqualTo(
            "409 real-time-off: Five9 is not asked for the states of this integration's agents: set realTime to true (PUT /integrations/{id}), and give its Five9 user the role Supervisor."));
        Assert.That((await api.GetAsync("integrations/nobody/live")).Problem, Does.StartWith("404 integration-unknown: "));
        Assert.That((await api.GetAsync("integrations/acme/live?agent=anna")).Problem, Is.EqualTo("400 invalid: This request takes no parameters."));
        Assert.That((await api.GetAsync("integrations/acme/live", ("Accept", "image/png"))).Problem, Does.StartWith("406 not-acceptable: "));
        Assert.That((await api.GetAsync("health/integrations")).Json["items"]![0]!["live"], Is.Null);

        await app.PollAsync(Token);
        Assert.That(app.Five9.Calls, Is.Empty);
        Assert.That(await app.RowsAsync("LiveAgentStates", Token), Is.Empty);
    }
}
