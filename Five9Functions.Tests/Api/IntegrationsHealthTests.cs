using Azure;
using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>An import every 15 minutes, settled after 5: the newest instant may be 35 minutes old.</summary>
[CancelAfter(240_000)]
public sealed class IntegrationsHealthTests : ApiTest
{
    private static StateRows Rows => new(new StateRow("ann", "Ready", "2026-08-22T10:00:00Z", "2026-08-22T10:10:00Z"));

    [Test]
    public async Task EachState_AsTimeGoesOn()
    {
        var (app, api) = await ServeAsync(new TestSetup { Rows = Rows, Now = "2026-08-22T12:00:00Z", Integrations = ["acme", "other"], Settings = new Dictionary<string, string?> { ["Integrations:other:ScheduleMinutes"] = "60" } });
        app.Log.Expect("found no report");
        app.Log.Expect("cannot be read");
        Assert.That((await api.GetAsync("health/integrations", ("x-functions-key", ""))).Status, Is.EqualTo(401));
        Assert.That((await api.GetAsync("health/integrations?id=acme")).Problem, Is.EqualTo("400 invalid: This request takes no parameters."));

        Assert.That((await HealthAsync(api)).Acme, Is.EqualTo("late: Nothing is there yet, and no import has begun: the first comes with the next tick."));

        await app.TickAsync(Token);
        Assert.That((await api.GetAsync("health/integrations")).Text, Is.EqualTo(
            """{"status":"ok","items":[{"id":"acme","name":"acme","status":"ok","reason":"All that is due is there, up to 2026-08-22T11:55:00Z.","scheduleMinutes":15,"reports":[{"report":"agent-states","coveredTo":"2026-08-22T11:55:00Z"}]},"""
            + """{"id":"other","name":"other","status":"ok","reason":"All that is due is there, up to 2026-08-22T11:55:00Z.","scheduleMinutes":60,"reports":[{"report":"agent-states","coveredTo":"2026-08-22T11:55:00Z"}]}]}"""));

        app.Clock.Set("2026-08-22T12:30:00Z");
        Assert.That((await HealthAsync(api)).All, Is.EqualTo("ok"));
        app.Clock.Set("2026-08-22T12:30:01Z");
        Assert.That((await HealthAsync(api)).Acme, Is.EqualTo("late: agent-states are there up to 2026-08-22T11:55:00Z, 35 minutes ago; with an import every 15 minutes it should be 35 at most."));
        Assert.That((await HealthAsync(api)).Other, Does.StartWith("ok: "), "its next import is due at 13:00");

        await SeedAsync(app, acme => acme with { AgentStateReport = "States" });
        await app.TickAsync(Token);
        Assert.That((await HealthAsync(api)).Acme, Does.StartWith("failing: The newest import of agent-states failed. agent-states 2026-08-22T").And.Contains("found no report \"States\""));

        await SeedAsync(app, acme => acme with { Paused = true });
        Assert.That(await HealthAsync(api), Is.EqualTo(("paused", "paused: It is paused: nothing is imported until it is resumed.", "ok: All that is due is there, up to 2026-08-22T11:55:00Z.")));

        await SeedAsync(app, acme => acme with { Paused = false, AgentStateReport = "Agent State Details" });
        app.Clock.Set("2026-08-22T12:45:00Z");
        await app.TickAsync(Token);
        Assert.That((await HealthAsync(api)).Acme, Is.EqualTo("ok: All that is due is there, up to 2026-08-22T12:40:00Z."));

        await new TableClient(app.ConnectionString, "Integrations").UpdateEntityAsync(new TableEntity("integrations", "other") { ["HistoryStart"] = "yesterday" }, ETag.All, TableUpdateMode.Merge, Token);
        var health = await HealthAsync(api);
        Assert.That((health.All, health.Acme), Is.EqualTo(("failing", "ok: All that is due is there, up to 2026-08-22T12:40:00Z.")));
        Assert.That(health.Other, Does.StartWith("failing: The row integrations / other of the table Integrations cannot be read: "));
    }

    [Test]
    public async Task ARejectedCredential_IsFailing_UntilItIsReplaced()
    {
        var (app, api) = await ServeAsync(new TestSetup { Rows = Rows, Now = "2026-08-22T12:00:00Z", Password = "right", Secret = "wrong" });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        await app.Host.RunTimerAsync("ScheduleImports", Token);
        await app.WhenAsync(async () => (await HealthAsync(api)).All == "failing", Token);

        Assert.That((await HealthAsync(api)).Acme, Does.StartWith("failing: The import waits. ").And.Contains("Store another password in the secret five9-acme"));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, "right");
        await app.RestartAsync(new Dictionary<string, string?>(), Token);
        api = ClientOf(app);
        await app.WhenAsync(async () => (await HealthAsync(api)).All == "ok", Token);
        await app.Host.WhenIdleAsync(Token);
    }

    [Test]
    public async Task AnExpiredPassword_IsFailing_AndSaysSo()
    {
        var (app, api) = await ServeAsync(new TestSetup { Rows = Rows, Now = "2026-08-22T12:00:00Z" });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        app.Five9.Next("runReport", SimulatedAnswer.Fault("AccessDisallowed", "Your password has expired"));

        await app.Host.RunTimerAsync("ScheduleImports", Token);
        await app.WhenAsync(async () => (await HealthAsync(api)).All == "failing", Token);

        Assert.That((await HealthAsync(api)).Acme, Does.StartWith(
            "failing: The import waits. Five9 at 127.0.0.1 says that the password of importer@example.com has expired (runReport: \"Your password has expired\"): change it in Five9"));
        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(1));
    }

    private static async Task<(string All, string Acme, string Other)> HealthAsync(ApiClient api)
    {
        var reply = await api.GetAsync("health/integrations");
        Assert.That(reply.Status, Is.EqualTo(200));
        return (reply["status"]!, $"{reply["items.0.status"]}: {reply["items.0.reason"]}", $"{reply["items.1.status"]}: {reply["items.1.reason"]}");
    }

    private static async Task SeedAsync(TestApp app, Func<Integration, Integration> change)
    {
        var table = app.Get<IntegrationTable>();
        await table.SeedAsync(change((await table.FindAsync("acme", Token))!), Token);
    }
}
