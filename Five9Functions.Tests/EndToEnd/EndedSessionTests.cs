using System.Text.Json.Nodes;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.RealTime;
using Five9Functions.Tests.Api;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A supervisor session that nothing needs any more is closed.</summary>
[CancelAfter(120_000)]
public sealed class EndedSessionTests : ApiTest
{
    private readonly LiveCentre _centre = new();

    private TestSetup Setup => new()
    {
        Now = "2026-11-02T21:00:00Z",
        Rows = new StateRows(),
        Live = _centre,
        Integrations = [],
        Password = Connected.Password,
        Settings = new Dictionary<string, string?> { ["Live:OpeningsPerMinute"] = "100" },
    };

    [TestCase("pause")]
    [TestCase("off")]
    [TestCase("removed with its data")]
    [TestCase("removed")]
    [TestCase("another user")]
    public async Task ASessionThatIsOver_IsClosed(string how)
    {
        var (app, api) = await ConnectedAsync();
        var body = how switch
        {
            "off" => Connected.Body(app, "Acme", ("realTime", false), ("password", null)),
            "another user" => Connected.Body(app, "Acme", ("realTime", true), ("userName", "other@example.com"), ("password", (JsonNode)"0ther-Passw0rd")),
            _ => "",
        };

        var reply = how switch
        {
            "pause" => await api.PostAsync("integrations/acme/pause"),
            "removed" => await api.DeleteAsync("integrations/acme?data=keep", ("If-Match", "*")),
            "removed with its data" => await api.DeleteAsync("integrations/acme?data=delete", ("If-Match", "*")),
            _ => await api.PutAsync("integrations/acme?test=false", body, ("If-Match", "*")),
        };

        Assert.That(reply.Status, Is.InRange(200, 204), reply.Text);
        Assert.That(app.Five9.Calls.GetValueOrDefault("closeSession"), Is.EqualTo(1));
        Assert.That(app.Log.Count("The supervisor session of acme (importer@example.com) was closed."), Is.EqualTo(1));
    }

    [Test]
    public async Task ASessionThatGoesOn_IsNotClosed()
    {
        var (app, api) = await ConnectedAsync();

        var reply = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme West", ("realTime", true), ("password", null)), ("If-Match", "*"));

        Assert.That(reply.Status, Is.EqualTo(200), reply.Text);
        Assert.That(app.Five9.Calls.ContainsKey("closeSession"), Is.False);
    }

    [Test]
    public async Task WhatComesOfClosing_FailsNothingElse_AndAResumedIntegrationOpensASession()
    {
        var (app, api) = await ConnectedAsync();
        app.Five9.Next("closeSession", SimulatedAnswer.Http(503, "Later."));

        Assert.That((await api.PostAsync("integrations/acme/pause")).Status, Is.EqualTo(200));

        Assert.That(app.Log.Count("The supervisor session of acme was not closed"), Is.EqualTo(1));
        Assert.That((await api.PostAsync("integrations/acme/resume")).Status, Is.EqualTo(200));
        await app.PollLaterAsync(Token, seconds: 60);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
    }

    [Test]
    public async Task RealTimeThatTheConfigurationSwitchesOff_ClosesTheSessionAtTheStart()
    {
        var app = await StartAsync(Setup with { Integrations = ["acme"] });
        _centre.Put("anna", "Ready", "20:50:00");
        await app.TickAsync(Token);
        await app.PollAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));

        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:RealTime"] = "false" }, Token);

        Assert.That(app.Five9.Calls.GetValueOrDefault("closeSession"), Is.EqualTo(1));
    }

    private async Task<(TestApp App, ApiClient Api)> ConnectedAsync()
    {
        _centre.Put("anna", "Ready", "20:50:00");
        var (app, api) = await ServeAsync(Setup);
        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("realTime", true)));
        Assert.That(created.Status, Is.EqualTo(201), created.Text);
        await app.Host.WhenIdleAsync(Token);
        await app.PollAsync(Token);
        Assert.That((await app.PictureAsync(Token)).Feed, Is.EqualTo(LiveFeed.Live));
        return (app, api);
    }
}
