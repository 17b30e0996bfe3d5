using System.Text.Json.Nodes;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Users;

namespace Five9Functions.Tests.Api;

/// <summary>The staged check, over HTTP. It is 10:00 in Los Angeles.</summary>
[CancelAfter(60_000)]
public sealed class ConnectionTests : ApiTest
{
    private static readonly (string, JsonNode?) Both = ("reports", new JsonArray("agent-states", "calls"));

    private static TestSetup Setup => new()
    {
        Rows = new StateRows(new StateRow("anna", "Ready", "2026-08-21T16:40:00Z", "2026-08-21T16:50:00Z")),
        Calls = new CallRows($"{CallText.Header}\n1,\"Fri, 21 Aug 2026 09:50:00\",Sales In,Inbound,ann,S-New,00:00:20,00:00:12,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,0"),
        Now = "2026-08-21T17:00:00Z",
        Integrations = [],
        Password = Connected.Password,
    };

    [Test]
    public async Task EverythingIsRight_EachStageSaysWhatWasFound()
    {
        var (app, api) = await ServeAsync(Setup);

        var created = await api.PostAsync("integrations", Connected.Body(app, "Acme", Clone(Both), ("paused", true)));

        Assert.That(created.Json["test"]!.AsArray().Select(s => $"{s!["stage"]} {s["result"]}: {s["detail"]}"), Is.EqualTo(new[]
        {
            $"host ok: Five9 answers at {app.Five9.BaseAddress.Authority}.",
            "login ok: Five9 takes the password of importer@example.com.",
            "role ok: importer@example.com may run reports.",
            "call-log ok: The report \"Call Log\" in folder \"Call Log Reports\" has every column that is needed, and 1 row of the last hour.",
            "agent-states ok: The report \"Agent State Details\" in folder \"Agent Reports\" has every column that is needed, and 1 row of the last hour.",
            "zone ok: The newest row is of 2026-08-21T16:50:00Z, taken for America/Los_Angeles.",
        }));

        var alone = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("password", null)), ("If-Match", created.ETag!));
        Assert.That(alone.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log skipped", "agent-states ok", "zone ok" }));
        Assert.That((await api.GetAsync("integrations/acme"))["test"], Is.Null);
    }

    [Test]
    public async Task AWrongPassword_IsTriedOnce_HoweverOftenIsTested_AndTheIntegrationIsConnected()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("Five9 rejected the credential");

        var created = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("password", "wrong-Passw0rd"), ("paused", true)));

        Assert.That(created.Status, Is.EqualTo(201));
        Assert.That(created.Stages(), Is.EqualTo(new[] { "host ok", "login failed", "role skipped", "call-log skipped", "agent-states skipped", "zone skipped" }));
        Assert.That(created.Detail("login"), Does.StartWith($"Five9 at 127.0.0.1 rejected the login of importer@example.com").And.EndsWith("unlock it in Five9 and send the password once more."));

        var again = await api.PostAsync("integrations/acme/test");
        Assert.That(again.Stages(), Is.EqualTo(new[] { "host not-checked", "login failed", "role skipped", "call-log skipped", "agent-states skipped", "zone skipped" }));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));

        var right = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme"), ("If-Match", "*"));
        Assert.That(right.Stages(), Has.None.Contains("failed"));
    }

    [Test]
    public async Task WhatIsMissingInFive9_FailsItsStageAlone_WithTheCure()
    {
        var rows = (StateRows)Setup.Rows;
        var (app, api) = await ServeAsync(Setup with { Rows = rows });
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", Clone(Both), ("callLogReport", "Call Logs"), ("paused", true)));

        rows.HeaderText = StateRows.Columns.Replace("STATE,", "STATES,", StringComparison.Ordinal);
        var reports = await api.PostAsync("integrations/acme/test");
        Assert.That(reports.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log failed", "agent-states failed", "zone not-checked" }));
        Assert.That(reports.Detail("call-log"), Does.Contain("found no report \"Call Logs\" in folder \"Call Log Reports\" for importer@example.com").And.EndsWith("correct folder and name, which are case-sensitive and in the user's language."));
        Assert.That(reports.Detail("agent-states"), Does.StartWith("The agent-state report lacks STATE; found: DATE, TIME, AGENT, "));

        app.Five9.FromNth("runReport", 1, SimulatedAnswer.Fault("AccessDisallowed", "No access"));
        var role = await api.PostAsync("integrations/acme/test");
        Assert.That(role.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role failed", "call-log skipped", "agent-states skipped", "zone not-checked" }));
        Assert.That(role.Detail("role"), Does.EndWith("give that user the roles ADMIN and REPORTING."));
    }

    [Test]
    public async Task DatesInDoubt_FailTheStage_UntilTheOrderIsSet()
    {
        var (app, api) = await ServeAsync(Setup with
        {
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-08-12T16:40:00Z", "2026-08-12T16:50:00Z")) { StartPattern = "M/d/uuuu','H:mm:ss" },
            Now = "2026-08-12T17:00:00Z",
        });

        var created = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("paused", true)));
        Assert.That(created.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log skipped", "agent-states failed", "zone not-checked" }));
        Assert.That(created.Detail("agent-states"), Is.EqualTo(
            "No start in the agent-state report can be read, because day and month are in doubt: line 2 says '8/12/2026 9:40:00'. "
            + "Set DateOrder of the integration to dmy if the day stands first, or to mdy if the month does; or let Five9 write the year first."));

        var right = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("password", null), ("dateOrder", "mdy"), ("paused", true)), ("If-Match", created.ETag!));
        Assert.That(right.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log skipped", "agent-states ok", "zone ok" }));
        Assert.That((right["dateOrder"], right.Detail("zone")), Is.EqualTo(("mdy", "The newest row is of 2026-08-12T16:40:00Z, taken for America/Los_Angeles.")));

        var unknown = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("password", null), ("dateOrder", "ymd"), ("paused", true)), ("If-Match", right.ETag!));
        Assert.That(unknown.Status, Is.EqualTo(400));
    }

    [TestCase("Pacific/Honolulu", "The newest row of the call figures report lies 3 hours in the future when its times are taken for Pacific/Honolulu: set the zone in which Five9 shows the report's times.")]
    [TestCase("America/New_York", "The newest row of the call figures report lies 3 hours in the past when its times are taken for America/New_York: set the zone in which Five9 shows the report's times.")]
    public async Task AnotherZoneThanTheReports_IsToldByTheNewestRow(string zone, string detail)
    {
        var (app, api) = await ServeAsync(Setup);

        var created = await api.PostAsync("integrations", Connected.Body(app, "Acme", Clone(Both), ("zone", zone), ("paused", true)));

        Assert.That(created.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log ok", "agent-states ok", "zone failed" }));
        Assert.That(created.Detail("zone"), Is.EqualTo(detail));
    }

    [Test]
    public async Task WhatCannotBeToldNow_IsNotChecked()
    {
        var (app, api) = await ServeAsync(Setup with { Rows = new StateRows() });
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        await app.Vault.PutAsync("five9-quiet", TestSetup.UserName, Connected.Password);

        Assert.That((await api.PostAsync("integrations/acme/test")).Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log skipped", "agent-states ok", "zone not-checked" }));

        app.Five9.Next("runReport", SimulatedAnswer.NeverFinishes);
        var running = await api.PostAsync("integrations/acme/test");
        Assert.That(running.Stages(), Is.EqualTo(new[] { "host ok", "login ok", "role ok", "call-log skipped", "agent-states not-checked", "zone not-checked" }));
        Assert.That(running.Detail("agent-states"), Is.EqualTo("Five9 has found the report and still runs it; the import reads it when it is done."));

        var acme = (await app.Get<IntegrationTable>().FindAsync("acme", Token))!;
        await using (await app.Get<Five9UserTable>().TryLeaseAsync(acme, Token))
        {
            var busy = await api.PostAsync("integrations/acme/test");
            Assert.That(busy.Stages(), Is.EqualTo(new[] { "host not-checked", "login not-checked", "role not-checked", "call-log not-checked", "agent-states not-checked", "zone not-checked" }));
            Assert.That(busy.Detail("host"), Is.EqualTo("The Five9 user importer@example.com is busy with an import, and Five9 takes one call at a time; test again in a minute."));
        }
    }

    [Test]
    public async Task NobodyAtTheHost_OrNoSecret_IsSaidWithoutMore()
    {
        var (app, api) = await ServeAsync(Setup with { AllowedHosts = ["127.0.0.1:1"] });

        var unreachable = await api.PostAsync("integrations", Connected.Body(app, "Away", ("region", "http://127.0.0.1:1"), ("paused", true)));
        Assert.That(unreachable.Stages(), Is.EqualTo(new[] { "host failed", "login skipped", "role skipped", "call-log skipped", "agent-states skipped", "zone skipped" }));
        Assert.That(unreachable.Detail("host"), Does.StartWith("Five9 at 127.0.0.1 could not be reached for getCallCountersState: nobody accepts the connection."));

        var without = await api.PostAsync("integrations", Connected.Body(app, "Without", ("password", null), ("secretName", "five9-nothing"), ("paused", true)));
        Assert.That(without.Stages(), Is.EqualTo(new[] { "host not-checked", "login failed", "role skipped", "call-log skipped", "agent-states skipped", "zone skipped" }));
        Assert.That(without.Detail("login"), Does.StartWith("The secret five9-nothing is not in the key vault "));
    }

    private static (string, JsonNode?) Clone((string Field, JsonNode? Value) change) => (change.Field, change.Value?.DeepClone());
}
