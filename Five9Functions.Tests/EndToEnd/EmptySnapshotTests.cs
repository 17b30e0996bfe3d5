using Azure.Data.Tables;
using Five9Functions.RealTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A whole answer of the live feed without a single agent is doubted before it logs everybody out.</summary>
[CancelAfter(120_000)]
public sealed class EmptySnapshotTests : EndToEndTest
{
    private readonly LiveCentre _centre = new();

    private TestSetup Setup => new()
    {
        Now = "2026-11-02T21:00:00Z",
        Rows = new StateRows(),
        Live = _centre,
        Settings = new Dictionary<string, string?> { ["Live:OpeningsPerMinute"] = "100" },
    };

    [Test]
    public async Task AnEmptyWholeAnswer_LogsNobodyOut_AndASecondOneAMinuteLaterDoes()
    {
        var app = await LiveAsync();
        app.Log.Expect("could not be asked");

        _centre.Remove("anna");
        _centre.Remove("ben");
        app.Five9.ForgetSession();
        app.Traffic.Clear();
        await app.PollLaterAsync(Token); // 21:00:30

        var picture = await app.PictureAsync(Token);
        Assert.That(picture.Reason, Is.EqualTo("Five9 answered without a single agent while 2 were logged in: that is believed if it answers so again from 2026-11-02T21:01:30Z on."));
        Assert.That((picture.Feed, string.Join(", ", picture.Agents.Select(a => $"{a.Agent} {a.State}"))), Is.EqualTo((LiveFeed.Stale, "anna Ready, ben Not Ready")));
        Assert.That(app.Traffic.EntityWrites("LiveAgentStates").Where(write => write != "PUT *session"), Is.Empty);
        var asked = app.Five9.Calls["getStatistics"];

        await app.PollLaterAsync(Token, seconds: 30);
        Assert.That(app.Five9.Calls["getStatistics"], Is.EqualTo(asked), "not before a minute has passed");

        await app.PollLaterAsync(Token, seconds: 30); // 21:01:30
        picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, string.Join(", ", picture.Agents.Select(a => $"{a.Agent} {a.State}"))), Is.EqualTo((LiveFeed.Live, "anna Logged Out, ben Logged Out")));
        Assert.That(app.Five9.Calls["getStatistics"], Is.EqualTo(asked + 1));
    }

    [Test]
    public async Task AnEmptyWholeAnswer_ThatTheNextDoesNotConfirm_ChangesNothing_AndAnotherEmptyOneIsDoubtedAgain()
    {
        var app = await LiveAsync();
        app.Log.Expect("could not be asked");
        _centre.Remove("anna");
        _centre.Remove("ben");
        app.Five9.ForgetSession();
        await app.PollLaterAsync(Token);

        _centre.Put("anna", "Ready", "20:50:00").Put("ben", "Not Ready", "20:55:00", "Lunch");
        await app.PollLaterAsync(Token, seconds: 60);

        var picture = await app.PictureAsync(Token);
        Assert.That((picture.Feed, string.Join(", ", picture.Agents.Select(a => $"{a.Agent} {a.State} {a.Since}"))), Is.EqualTo((LiveFeed.Live, "anna Ready 2026-11-02T20:50:00Z, ben Not Ready 2026-11-02T20:55:00Z")));

        _centre.Remove("anna");
        _centre.Remove("ben");
        app.Five9.ForgetSession();
        await app.PollLaterAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Agents.Select(a => a.State), Is.EqualTo(new[] { "Ready", "Not Ready" }));
    }

    [Test]
    public async Task AnEmptyWholeAnswer_IsBelieved_WhereEverybodyIsLoggedOut()
    {
        _centre.Put("anna", "Logged Out", "20:50:00");
        var app = await StartAsync(Setup);
        app.Log.Expect("could not be asked"); // the session is lost first
        await app.PollAsync(Token);
        _centre.Remove("anna");
        app.Five9.ForgetSession();

        await app.PollLaterAsync(Token);

        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
    }

    [Test]
    public async Task AForeignRow_IsNamedAndLeftOut_AndTheFeedGoesOn()
    {
        var app = await LiveAsync();
        app.Log.Expect("row-unreadable");
        await new TableClient(app.ConnectionString, "LiveAgentStates").UpsertEntityAsync(new TableEntity("acme", "zed") { ["Agent"] = 7 }, TableUpdateMode.Replace, Token);

        _centre.Put("anna", "On Call", "21:00:20");
        await app.PollLaterAsync(Token);

        Assert.That((await app.PictureAsync(Token)).Agents.Select(a => $"{a.Agent} {a.State}"), Is.EqualTo(new[] { "anna On Call", "ben Not Ready" }));
        Assert.That(app.Log.Count("row-unreadable: The row acme / zed of the table LiveAgentStates cannot be read: "), Is.GreaterThan(0));
    }

    private async Task<TestApp> LiveAsync()
    {
        _centre.Put("anna", "Ready", "20:50:00").Put("ben", "Not Ready", "20:55:00", "Lunch");
        var app = await StartAsync(Setup);
        await app.PollAsync(Token);
        await app.PollLaterAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
        return app;
    }
}
