using Azure.Data.Tables;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api.Adherence;

/// <summary>What states stand for, over HTTP.</summary>
[CancelAfter(120_000)]
public sealed class ActivitiesTests : ApiTest
{
    private const string Path = "integrations/acme/activities";

    private const string Rules = """
        {"parallel":"any","tolerances":{"notPresent":120,"wrong":60,"notScheduled":0},
         "activities":[{"name":"Phone","type":"work"},{"name":"Break","type":"break"}],
         "states":[{"kind":"afterCallWork","activity":"Phone"},{"state":"Ready","activity":"Phone"},{"state":"Not Ready","reason":"Lunch","activity":"Break"},{"state":"Not Ready","reason":"","activity":"Break"}],
         "matches":[{"scheduled":"Pause","accepts":["Break","Phone"]}]}
        """;

    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T12:00:00Z" };

    [Test]
    public async Task WhatStatesStandFor_IsReplaced_ByWhoSawIt()
    {
        var (app, api) = await ServeAsync(Setup);
        var none = await api.GetAsync($"{Path}?days=0");
        Assert.That(none.Text, Is.EqualTo("""{"version":0,"parallel":"visible","tolerances":{"notPresent":0,"wrong":0,"notScheduled":0},"activities":[],"states":[],"matches":[]}"""));

        Assert.That((await api.PutAsync(Path, Rules)).Problem, Does.StartWith("428 if-match-missing: Send the ETag of the activities of acme that you read"));
        Assert.That((await api.PutAsync(Path, Rules, ("If-Match", "ten"))).Problem, Does.StartWith("400 if-match-unreadable"));
        var put = await api.PutAsync(Path, Rules.Replace("Not Ready", "not_ready", StringComparison.Ordinal), ("If-Match", none.ETag!));
        Assert.That(put.Text, Is.EqualTo(Rules.Replace("\n", "", StringComparison.Ordinal).Replace(" \"", "\"", StringComparison.Ordinal).Replace("{\"parallel\"", "{\"version\":1,\"parallel\"", StringComparison.Ordinal)), put.Text);
        Assert.That((await api.PutAsync(Path, Rules, ("If-Match", none.ETag!))).Problem, Does.StartWith("412 changed: Somebody has changed the activities of acme"));

        // What was answered can be sent as it is, and is no new version.
        var got = await api.GetAsync(Path);
        Assert.That((got.ETag, got["version"], got["unmapped.from"], got["unmapped.to"], got.Json["unmapped"]!["states"]!.ToJsonString()), Is.EqualTo((put.ETag, "1", "2026-10-26T12:00:00Z", "2026-11-02T12:00:00Z", "[]")));
        app.Traffic.Clear();
        var same = await api.PutAsync(Path, got.Text, ("If-Match", got.ETag!));
        Assert.That((same["version"], same.ETag, app.Traffic.EntityWrites("Activities").Count), Is.EqualTo(("1", got.ETag, 0)));

        var two = await Task.WhenAll(new[] { 1, 2 }.Select(seconds => api.PutAsync(Path, $$$"""{"tolerances":{"wrong":{{{seconds}}}}}""", ("If-Match", got.ETag!))));
        Assert.That(two.Select(reply => reply.Status).Order(), Is.EqualTo(new[] { 200, 412 }));
        var winner = two.Single(reply => reply.Status == 200);
        Assert.That(((await api.GetAsync($"{Path}?days=0")).Text, winner["version"], winner.Json["states"]!.ToJsonString()), Is.EqualTo((winner.Text, "2", "[]")));
    }

    [TestCase("""{"activities":[{"name":"Phone"}]}""", "activities.0.type is missing: work, meeting, training, break, holiday or illness.")]
    [TestCase("""{"activities":[{"name":" ","type":"work"}]}""", "activities.0.name must have 1 to 100 characters and none that controls.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"},{"name":"A","type":"break"}]}""", "The activity 'A' is there twice; say once what it is.")]
    [TestCase("""{"states":[{"state":"Ready","activity":"Phone"}]}""", "'Phone' is none of the activities: add it to activities, with its type.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"}],"states":[{"activity":"A"}]}""", "states.0 must have a state, with or without a reason, or else a kind.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"}],"states":[{"kind":"call","reason":"x","activity":"A"}]}""", "states.0 must have a state, with or without a reason, or else a kind.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"}],"states":[{"kind":"calls","activity":"A"}]}""", "states.0.kind must be one of docs/overlap-rules.md, and not loggedOut: who is logged out does nothing.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"}],"states":[{"kind":"loggedOut","activity":"A"}]}""", "states.0.kind must be one of docs/overlap-rules.md, and not loggedOut: who is logged out does nothing.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"}],"states":[{"state":"logout","activity":"A"}]}""", "states.0.state is Logout: who is logged out does nothing.")]
    [TestCase("""{"activities":[{"name":"A","type":"work"}],"states":[{"state":"Not Ready","reason":"x","activity":"A"},{"state":"not-ready","reason":"X","activity":"A"}]}""", "'NOT READY / X' is there twice; say once what it is.")]
    [TestCase("""{"matches":[{"scheduled":"Break","accepts":[]}]}""", "matches.0.accepts must name 1 to 50 activities.")]
    [TestCase("""{"matches":[{"scheduled":"Break","accepts":["Away"]}]}""", "'Away' is none of the activities: add it to activities, with its type.")]
    [TestCase("""{"tolerances":{"wrong":3601}}""", "tolerances.wrong is 3601; it must be between 0 and 3600 seconds.")]
    [TestCase("""{"tolerances":{"notPresent":-1}}""", "tolerances.notPresent is -1; it must be between 0 and 3600 seconds.")]
    [TestCase("""{"activities":[null]}""", "activities.0 is null: send an object.")]
    public void WhatCannotBe_IsNamed(string body, string detail) => Assert.That(
        () => Five9Functions.Api.RequestBody.Read<Five9Functions.Api.Adherence.ActivitiesBody>(System.Text.Encoding.UTF8.GetBytes(body)).ToRules(),
        Throws.TypeOf<Five9Functions.Api.ApiException>().With.Message.EqualTo(detail));

    [Test]
    public async Task WhatIsStored_HasTheseColumns_AndWhatCannotBeRead_IsNamed()
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PutAsync(Path, Rules, ("If-Match", "*"));

        Assert.That(await app.RowsAsync("Activities", Token), Is.EqualTo(new[]
        {
            """acme / activities: Activities='[{"name":"Phone","type":"work"},{"name":"Break","type":"break"}]' Matches='[{"scheduled":"Pause","accepts":["Break","Phone"]}]' NotPresentSeconds=120 NotScheduledSeconds=0 Parallel='any' """
            + """States='[{"activity":"Phone","kind":"afterCallWork"},{"activity":"Phone","state":"Ready"},{"activity":"Break","state":"Not Ready","reason":"Lunch"},{"activity":"Break","state":"Not Ready","reason":""}]' Version=1 WrongSeconds=60""",
        }));

        Assert.That((await api.PutAsync(Path, """{"colour":"blue"}""", ("If-Match", "*"))).Problem, Does.StartWith("400 body-unreadable: The body cannot be understood at colour"));
        Assert.That((await api.GetAsync($"{Path}?days=32")).Problem, Is.EqualTo("400 invalid: days must be a whole number from 0 to 31."));
        Assert.That((await api.GetAsync("integrations/nobody/activities")).Problem, Does.StartWith("404 integration-unknown"));
        Assert.That((await api.PutAsync("integrations/nobody/activities", Rules, ("If-Match", "*"))).Problem, Does.StartWith("404 integration-unknown"));

        await new TableClient(app.ConnectionString, "Activities").UpdateEntityAsync(new TableEntity("acme", "activities") { ["WrongSeconds"] = 4000 }, Azure.ETag.All, TableUpdateMode.Merge, Token);
        Assert.That(
            () => app.Get<ActivitiesTable>().ReadAsync("acme", Token),
            Throws.TypeOf<UnreadableRowException>().With.Message.EqualTo("The row acme / activities of the table Activities cannot be read: WrongSeconds is 4000; it must be between 0 and 3600. Correct or delete it."));
    }
}
