using System.Text.Json.Nodes;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

[CancelAfter(60_000)]
public sealed class IntegrationPasswordTests : ApiTest
{
    private const string Secret = "h1dden-Passw0rd";

    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T20:00:00Z", Integrations = [], Password = Connected.Password };

    [Test]
    public async Task APassword_IsInTheVaultAlone()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("Five9 rejected the credential");
        var replies = new List<ApiReply>
        {
            await api.PostAsync("integrations", Connected.Body(app, "Acme", ("password", Secret), ("paused", true))),
            await api.GetAsync("integrations/acme"),
            await api.GetAsync("integrations"),
            await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("password", $"{Secret}2")), ("If-Match", "*")),
            await api.PostAsync("integrations/acme/test"),
            await api.PostAsync("integrations", Connected.Body(app, "Acme", ("password", Secret))),
            await api.PostAsync("integrations", Connected.Body(app, "Bad", ("password", Secret), ("zone", "Mars"))),
        };
        foreach (var body in new[]
        {
            $$"""{"name":"Bad","password":"{{Secret}}""", $$"""{"name":"Bad","password":{{Secret}}}""", $$"""{"name":"Bad","password":["{{Secret}}"]}""", $$$"""{"name":"Bad","password":{"{{{Secret}}}":1}}""",
            $$"""{"password":"{{Secret}}","name":7}""", $"\"{Secret}\"", Secret, $"password={Secret}", $$"""[{"password":"{{Secret}}"}]""", $$"""{"password":"{{Secret}}{{new string('x', 256)}}","name":"Bad"}""",
        })
        {
            var bad = await api.PostAsync("integrations", body);
            Assert.That(bad.Status, Is.EqualTo(400), body);
            replies.Add(bad);
        }

        Assert.That(replies.Take(7).Select(r => r.Status), Is.EqualTo(new[] { 201, 200, 200, 200, 200, 409, 400 }));
        Assert.That(replies.Select(r => r.Text), Has.None.Contains(Secret));
        Assert.That(app.Log.Lines, Has.None.Contains(Secret));
        foreach (var table in new[] { "Integrations", "Five9Users", "ImportRuns" })
        {
            Assert.That(await app.RowsAsync(table, Token), Has.None.Contains(Secret), table);
        }

        Assert.That(await app.SecretAsync("five9-acme"), Does.Contain($"{Secret}2"));
    }

    [Test]
    public async Task AVaultThatRefuses_IsSaid_AndNothingIsLeftBehind()
    {
        var (app, api) = await ServeAsync(Setup);

        app.Vault.Answer = VaultAnswer.Forbidden;
        var refused = await api.PostAsync("integrations", Connected.Body(app, "Acme"));
        Assert.That(refused.Problem, Does.Match("^502 vault-refused: The key vault .* refused the secret five9-acme to the app .HTTP 403.: .* Key Vault Secrets User.* To store passwords it needs the role Key Vault Secrets Officer as well\\.$"));

        app.Vault.Answer = VaultAnswer.ReadOnly;
        var readOnly = await api.PostAsync("integrations", Connected.Body(app, "Acme"));
        Assert.That(readOnly.Problem, Does.Match("^502 vault-refused: The key vault .* did not let the app store the secret five9-acme .HTTP 403.: give its identity the role Key Vault Secrets Officer, or .* Nothing was changed\\.$"));

        app.Vault.Answer = VaultAnswer.Unavailable;
        var away = await api.PostAsync("integrations", Connected.Body(app, "Acme"));
        Assert.That((away.Status, away["code"]), Is.EqualTo((503, "vault-unavailable")));

        app.Vault.Answer = VaultAnswer.Truth;
        Assert.That((await api.GetAsync("integrations")).Text, Is.EqualTo("""{"items":[]}"""));
        Assert.That(await app.RowsAsync("Integrations", Token), Is.Empty, "the name is free as well");
        Assert.That(await app.RowsAsync("ImportRuns", Token), Is.Empty);
    }

    [Test]
    public async Task AVaultThatRefusesANewPassword_LeavesTheSettingsAsTheyWere()
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        app.Vault.Answer = VaultAnswer.ReadOnly;

        var reply = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme East", ("userName", "other@example.com")), ("If-Match", "*"));

        Assert.That(reply.Problem, Does.StartWith("502 vault-refused: ").And.EndsWith(" Nothing was changed."));
        var stored = await api.GetAsync("integrations/acme");
        Assert.That((stored["name"], stored["userName"]), Is.EqualTo(("Acme", "importer@example.com")));
    }

    [Test]
    public async Task ASecretOfSomethingElse_IsNotWrittenOver()
    {
        var (app, api) = await ServeAsync(Setup);
        await app.Vault.PutAsync("database", "Server=here");

        var reply = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("secretName", "database")));

        Assert.That(reply.Problem, Does.Match("^502 vault-refused: The secret database of the key vault .* holds something that is not the importer's, so it is not written over: name another secret\\.$"));
        Assert.That(app.Vault.Requests.Keys, Has.None.EqualTo("set database"));
    }

    [Test]
    public async Task ASecret_CanBeSharedByIntegrationsOfOneUser_NotOfTwo()
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("secretName", "five9-shared"), ("paused", true)));

        var second = await api.PostAsync("integrations?test=false", Connected.Body(app, "Second", ("secretName", "FIVE9-shared"), ("password", null), ("paused", true)));
        Assert.That((second.Status, second["secretName"]), Is.EqualTo((201, "FIVE9-shared")));

        var other = await api.PostAsync("integrations?test=false", Connected.Body(app, "Other", ("secretName", "five9-shared"), ("userName", "other@example.com")));
        Assert.That(other.Problem, Is.EqualTo("409 secret-of-another: The secret five9-shared is that of the integration acme, which logs in as another Five9 user or at another host: name another secret."));
    }

    [Test]
    public async Task ASecretThatWasDeletedWithItsIntegration_IsTakenUpAgain()
    {
        var (app, api) = await ServeAsync(Setup);
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        await app.Vault.PutAsync("five9-acme-pending", TestSetup.UserName, "left by a rotation that was cut off");
        await api.DeleteAsync("integrations/acme?data=delete", ("If-Match", "*"));
        await app.Host.WhenIdleAsync(Token);
        app.Clock.Advance(Duration.FromMinutes(16));
        await app.TickAsync(Token);
        Assert.That(app.Vault.Requests.Keys, Is.SupersetOf(["delete five9-acme", "delete five9-acme-pending"]));

        var again = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("paused", true)));

        Assert.That((again.Status, again["id"], again.Stages()[1]), Is.EqualTo((201, "acme", "login ok")));
    }

    [Test]
    public async Task AStoredPassword_IsNeverSentToAnotherHost()
    {
        await using var elsewhere = await Five9Simulator.StartAsync(new SimulatorOptions { Password = Connected.Password }, Token);
        var (app, api) = await ServeAsync(Setup with { AllowedHosts = [elsewhere.BaseAddress.Authority] });
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        var there = ("region", (JsonNode?)elsewhere.BaseAddress.AbsoluteUri);

        var moved = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", there, ("password", null)), ("If-Match", "*"));
        Assert.That(moved.Problem, Is.EqualTo("400 invalid: password is missing: a stored one is never sent to another host, so send it with the new region."));
        var second = await api.PostAsync("integrations", Connected.Body(app, "Second", there, ("secretName", "five9-acme"), ("password", null)));
        Assert.That(second.Problem, Is.EqualTo("409 secret-of-another: The secret five9-acme is that of the integration acme, which logs in as another Five9 user or at another host: name another secret."));
        Assert.That(elsewhere.Calls, Is.Empty);

        var withPassword = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", there, ("paused", true)), ("If-Match", "*"));
        Assert.That((withPassword.Stages()[1], elsewhere.BadLogins), Is.EqualTo(("login ok", 0)));
    }

    [Test]
    public async Task ANewPassword_IsUsedFromThenOn_ByEveryInstance_ThoughAnOlderOneIsInMemory()
    {
        var (app, api) = await ServeAsync(Setup);
        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("paused", true)))).Stages()[1], Is.EqualTo("login ok"));
        await app.StartAnotherInstanceAsync(Token);
        var other = ClientOf(app, instance: 1);
        Assert.That((await other.PostAsync("integrations/acme/test")).Stages()[1], Is.EqualTo("login ok"));

        app.Five9.Password = "N3w-Passw0rd";
        var replaced = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("password", "N3w-Passw0rd")), ("If-Match", "*"));

        Assert.That(replaced.Stages()[1], Is.EqualTo("login ok"));
        Assert.That((await other.PostAsync("integrations/acme/test")).Stages()[1], Is.EqualTo("login ok"));
        Assert.That(app.Five9.BadLogins, Is.Zero);
    }
}
