using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>Days are stored by local dates of the zone that they were read in.</summary>
[CancelAfter(120_000)]
public sealed class ZoneChangeTests : ApiTest
{
    private static TestSetup Setup => new()
    {
        Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-04T09:00:00Z", "2026-11-04T09:10:00Z")),
        Now = "2026-11-04T12:00:00Z",
        Integrations = [],
        Password = Connected.Password,
    };

    [Test]
    public async Task Edit_OfTheZone_GoesUntilSomethingWasImported()
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true), ("zone", "Europe/Berlin")));
        var body = Connected.Body(app, "Acme", ("password", null), ("zone", "America/Los_Angeles"));
        Assert.That((await api.PutAsync("integrations/acme?test=false", body, ("If-Match", "*")))["zone"], Is.EqualTo("America/Los_Angeles"));

        await app.FinishedAsync(await app.OpenAsync("2026-11-04T08:00:00Z", "2026-11-04T11:00:00Z", Token), Token);
        var refused = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme", ("zone", "Europe/Berlin")), ("If-Match", "*"));

        Assert.That(refused.Problem, Is.EqualTo("409 zone-in-use: The zone cannot be changed from America/Los_Angeles: days are stored by its local dates, or are being imported. "
            + "Delete the integration with DELETE /integrations/acme?data=delete and create it again in the right zone. If nothing was imported yet, pause it, wait until its run has ended, and send this again."));
        Assert.That(app.Vault.Requests["set five9-acme"], Is.EqualTo(1));
        Assert.That((await api.PutAsync("integrations/acme?test=false", body, ("If-Match", "*"))).Status, Is.EqualTo(200), "everything else may change");
    }

    [Test]
    public async Task TheSettings_WithAnotherZone_ChangeNothingOnceDaysWereImported_AndTheLogSaysWhatToDo()
    {
        var (app, _) = await ServeAsync(Setup with { Integrations = ["acme"] });
        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:Zone"] = "Europe/Berlin" }, Token);
        Assert.That((await ClientOf(app).GetAsync("integrations/acme"))["zone"], Is.EqualTo("Europe/Berlin"));
        await app.RestartAsync(new Dictionary<string, string?>(), Token);
        await app.ImportAsync("2026-11-04T08:00:00Z", "2026-11-04T11:00:00Z", Token);
        var before = await app.TimelineAsync("2026-11-04", Token);
        app.Log.Expect("The integration acme goes on in the zone America/Los_Angeles, because its days are stored by local dates of it; Integrations:acme:Zone says Europe/Berlin.");

        await app.RestartAsync(new Dictionary<string, string?> { ["Integrations:acme:Zone"] = "Europe/Berlin", ["Integrations:acme:PaddingMinutes"] = "30" }, Token);

        var acme = await ClientOf(app).GetAsync("integrations/acme");
        Assert.That((acme["zone"], acme["paddingMinutes"]), Is.EqualTo(("America/Los_Angeles", "30")));
        Assert.That(app.Log.Unexpected, Is.Empty);
        Assert.That(app.Log.Count("goes on in the zone America/Los_Angeles"), Is.EqualTo(1));
        await app.ImportAsync("2026-11-04T08:00:00Z", "2026-11-04T11:00:00Z", Token);
        Assert.That(await app.TimelineAsync("2026-11-04", Token), Is.EqualTo(before).And.Not.Empty);
    }

    [Test]
    public async Task WhatTheSettingsName_IsChangedThere()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = ["acme"] });
        const string Refused = "409 configured: The app's settings Integrations:acme say what this integration is, and are written over it at each start: change it there, or remove those settings and change it here.";

        Assert.That((await api.PutAsync("integrations/acme", Connected.Body(app, "Acme"), ("If-Match", "*"))).Problem, Is.EqualTo(Refused));
        Assert.That((await api.PostAsync("integrations/acme/pause")).Problem, Is.EqualTo(Refused));
        Assert.That((await api.PostAsync("integrations/acme/resume")).Problem, Is.EqualTo(Refused));
        Assert.That((await api.PostAsync("integrations/acme/test")).Stages(), Does.Contain("login ok"));
        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Another", ("id", "acme")))).Problem, Does.StartWith("409 id-taken: "));
        Assert.That(app.Vault.Requests.Keys, Has.None.StartsWith("set "));
    }
}
