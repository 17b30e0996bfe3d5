using Five9Functions.LocalHost.Simulator;
using Five9Functions.Problems;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>Hosts that are not Five9's, which the settings name or do not.</summary>
[CancelAfter(240_000)]
public sealed class AllowedHostTests : ApiTest
{
    private static readonly (string, string) Any = ("If-Match", "*");

    private static TestSetup Setup => new()
    {
        Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T10:00:00Z", "2026-11-02T10:10:00Z")),
        Live = new LiveCentre().Put("anna", "Ready", "19:50:00"),
        Now = "2026-11-02T20:00:00Z",
        Integrations = [],
        Password = Connected.Password,
    };

    [TestCase("https://five9.example.com", "five9.example.com", "five9.example.com:443")]
    [TestCase("https://api.five9.com:8443/", "api.five9.com:8443", "api.five9.com:8443")]
    [TestCase("https://api.five9.com.example.com/", "api.five9.com.example.com", "api.five9.com.example.com:443")]
    [TestCase("http://localhost:7090", "localhost:7090", "localhost:7090")]
    [TestCase("http://[::1]:7090", "[::1]:7090", "[::1]:7090")]
    public async Task AHostThatIsNotAllowed_IsRefused_AtCreatingAndReplacing(string region, string name, string entry)
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        var refused = $"400 invalid: region: {name} is not a host of Five9's, and the setting Five9__AllowedHosts does not name it: send us, uk, ca, eu or in, or add {entry} to the setting.";

        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Other", ("region", region)))).Problem, Is.EqualTo(refused));
        Assert.That((await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("region", region)), Any)).Problem, Is.EqualTo(refused));
    }

    [Test]
    public async Task Http_IsForThisMachine_WhateverIsAllowed()
    {
        var (app, api) = await ServeAsync(Setup with { AllowedHosts = ["five9.example.com:80"] });

        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("region", "http://five9.example.com")))).Problem, Is.EqualTo(
            "400 invalid: region: 'http://five9.example.com' is neither us, uk, ca, eu, in nor an https address (http for this machine alone)."));
    }

    [Test]
    public async Task AnIntegrationWhoseHostIsNoLongerAllowed_KeepsItsData_AndIsNeverCalled()
    {
        await using var elsewhere = await Five9Simulator.StartAsync(
            new SimulatorOptions { AgentStates = Setup.Rows, Live = Setup.Live, Password = Connected.Password, ReportDuration = TimeSpan.Zero, Limits = false, TimeProvider = new TestClock(Setup.Now) }, Token);
        var setup = Setup with { AllowedHosts = [elsewhere.BaseAddress.Authority] };
        var (app, api) = await ServeAsync(setup);
        await api.PostAsync("integrations", Connected.Body(app, "Acme", ("region", elsewhere.BaseAddress.AbsoluteUri), ("realTime", true), ("rotation", "managed")));
        await app.Host.WhenIdleAsync(Token);
        await app.PollAsync(Token);
        var states = await app.RowsAsync("AgentStates", Token);
        Assert.That(states, Has.Count.EqualTo(2), "a segment, and the day's manifest");

        await app.RestartAsync(new Dictionary<string, string?> { ["Five9:AllowedHosts"] = app.Five9.BaseAddress.Authority }, Token);
        api = ClientOf(app);
        app.Log.Expect("host-not-allowed");
        app.Log.Expect($"The host {elsewhere.BaseAddress.Authority} of acme is not one of Five9's");
        var calls = elsewhere.Calls;
        app.Clock.Advance(Duration.FromHours(2));
        await app.TickAsync(Token);
        await app.PollAsync(Token);
        await app.Host.RunTimerAsync("CheckCredentials", Token);
        var tested = await api.PostAsync("integrations/acme/test");
        var sent = await api.PutAsync("integrations/acme/credential", """{"password":"x"}""");
        var rotated = await api.PostAsync("integrations/acme/credential/rotate");
        var manual = await app.ImportAsync("2026-11-02T09:00:00Z", "2026-11-02T12:00:00Z", Token);
        var health = await api.GetAsync("health/integrations");

        var reason = $"The host {elsewhere.BaseAddress.Authority} of acme is not one of Five9's, and the setting Five9:AllowedHosts does not name it, so nothing is called there: "
            + $"correct the region of the integration, or add {elsewhere.BaseAddress.Authority} to the setting.";
        Assert.That(elsewhere.Calls, Is.EquivalentTo(calls));
        Assert.That((health["items.0.status"], health["items.0.reason"]), Is.EqualTo(("failing", $"{reason} (host-not-allowed)")));
        Assert.That((tested.Stages()[0], tested.Detail("host"), tested.Stages()[1]), Is.EqualTo(("host failed", reason, "login skipped")));
        Assert.That(new[] { sent.Problem, rotated.Problem }, Is.All.EqualTo($"409 host-not-allowed: {reason}"));
        Assert.That(manual.Errors.Select(e => e.Problem), Is.EqualTo(new[] { ImportProblem.HostNotAllowed }));
        Assert.That((await api.GetAsync("integrations/acme"))["region"], Is.EqualTo(elsewhere.BaseAddress.AbsoluteUri));
        Assert.That(await app.RowsAsync("AgentStates", Token), Is.EqualTo(states));
        Assert.That((await api.GetAsync("integrations/acme/live"))["reason"], Is.EqualTo(reason));

        // It goes on when the setting names the host again.
        await app.RestartAsync(new Dictionary<string, string?> { ["Five9:AllowedHosts"] = $"{app.Five9.BaseAddress.Authority}, {elsewhere.BaseAddress.Authority.ToUpperInvariant()}" }, Token);
        Assert.That((await ClientOf(app).PostAsync("integrations/acme/test")).Stages()[..2], Is.EqualTo(new[] { "host ok", "login ok" }));
    }

    [Test]
    public async Task AnIntegrationOfTheSettings_AtAHostThatIsNotAllowed_IsSaidAtTheStart_AndTheOthersGoOn()
    {
        var (app, api) = await ServeAsync(Setup with
        {
            Live = null,
            Integrations = ["acme", "other"],
            Settings = new Dictionary<string, string?> { ["Integrations:other:Region"] = "https://five9.example.com" },
        });
        app.Log.Expect("The integration other is not imported. The host five9.example.com of other is not one of Five9's");
        app.Log.Expect("(host-not-allowed)");

        await app.TickAsync(Token);

        var health = await api.GetAsync("health/integrations");
        Assert.That((health["items.0.status"], health["items.1.status"]), Is.EqualTo(("ok", "failing")));
        Assert.That(app.Log.Count("The integration other is not imported."), Is.EqualTo(1));
    }
}
