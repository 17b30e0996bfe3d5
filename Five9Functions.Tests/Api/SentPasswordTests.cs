using System.Text.Json.Nodes;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>Passwords that a caller sends and that do not work, at 2026-11-04T12:00:00Z: Five9 locks a user at about five bad logins.</summary>
[CancelAfter(240_000)]
public sealed class SentPasswordTests : ApiTest
{
    private const string Right = "Gr3enW4llet!Right";
    private const string From = "2026-11-03T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";
    private const string Credential = "integrations/acme/credential";
    private const string Locked =
        "429 credential-tries-used: 3 passwords of importer@example.com that were sent within an hour did not work, and one more may lock the user in Five9, so this one was not tried and nothing was changed. ";

    private static readonly (string, string) Any = ("If-Match", "*");

    private static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
        Integrations = [],
        Password = Right,
        PasswordPolicy = null,
    };

    [Test]
    public async Task PasswordsOfEachRoute_CountTogether_AndTheFourthIsNotTried_UntilAnHourIsOver()
    {
        var (app, api) = await StartedAsync();
        Assert.That((await api.PostAsync("integrations", Body(app, "Acme", "bad1"))).Stages()[1], Is.EqualTo("login failed"));
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await api.PutAsync("integrations/acme", Body(app, "Acme", "bad2"), Any)).Stages()[1], Is.EqualTo("login failed"));
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await api.PutAsync(Credential, """{"password":"bad3"}""")).Problem, Does.StartWith("409 credential-rejected"));
        var secrets = app.Vault.Requests["set five9-acme"];

        foreach (var reply in new[]
        {
            await api.PutAsync(Credential, """{"password":"bad4"}"""),
            await api.PutAsync("integrations/acme", Body(app, "Acme", "bad5"), Any),
            await api.PutAsync("integrations/acme?test=false", Body(app, "Acme", "bad6"), Any),
        })
        {
            Assert.That((reply.Problem, reply.RetryAfter), Is.EqualTo((
                $"{Locked}Send it after 2026-11-04T13:00:00Z, or store it as a new version of the secret five9-acme in the key vault: a version there is tried at once.", "2400")));
        }

        var second = await api.PostAsync("integrations", Body(app, "Second", "bad7", ("userName", "IMPORTER@example.com")));
        Assert.That((second.Status, second.RetryAfter), Is.EqualTo((429, "2400")), "the same user in other letters");
        Assert.That((app.Five9.BadLogins, app.Vault.Requests["set five9-acme"]), Is.EqualTo((3, secrets)));
        Assert.That((await api.PutAsync("integrations/acme?test=false", Body(app, "Acme West", null), Any)).Status, Is.EqualTo(200), "settings without a password");

        app.Clock.Advance(Duration.FromMinutes(40));
        Assert.That((await api.PutAsync(Credential, """{"password":"bad8"}""")).Problem, Does.StartWith("409 credential-rejected"), "the first is an hour ago");
        Assert.That((await api.PutAsync(Credential, """{"password":"bad9"}""")).RetryAfter, Is.EqualTo("600"));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(4));
    }

    [Test]
    public async Task AVersionInTheVault_IsTriedAtOnce_AndItsSuccessClearsTheCount()
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations?test=false", Body(app, "Acme", Right));
        await SendBadOnesAsync(api);
        Assert.That((await api.PutAsync(Credential, """{"password":"bad4"}""")).Status, Is.EqualTo(429));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        Assert.That((await api.PostAsync("integrations/acme/test")).Stages()[1], Is.EqualTo("login ok"));

        Assert.That((await api.PutAsync(Credential, """{"password":"bad4"}""")).Problem, Does.StartWith("409 credential-rejected"));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(4));
    }

    [Test]
    public async Task AVersionInForce_GoesOn_AndRetryGivesNothingBack()
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations", Body(app, "Acme", Right));
        await app.Host.WhenIdleAsync(Token);
        await SendBadOnesAsync(api);

        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That((await api.PostAsync($"{Credential}/retry")).Text, Is.EqualTo("""{"id":"acme","cleared":false}"""));
        Assert.That((await api.PutAsync(Credential, """{"password":"bad4"}""")).Status, Is.EqualTo(429));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(3));
    }

    // Each retry has the same bad password tried once more.
    [Test]
    public async Task Retries_CountAsWell()
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations?test=false", Body(app, "Acme", Right));
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, "stored by hand and wrong");
        Assert.That((await api.PostAsync("integrations/acme/test")).Stages()[1], Is.EqualTo("login failed"));

        for (var i = 0; i < 6; i++)
        {
            await api.PostAsync($"{Credential}/retry");
            await api.PostAsync("integrations/acme/test");
        }

        Assert.That(app.Five9.BadLogins, Is.EqualTo(4), "the version in the vault once, and three retries");
        var waits = await api.PostAsync("integrations/acme/test");
        Assert.That((waits.Stages()[1], waits.Detail("login")), Is.EqualTo((
            "login not-checked",
            "3 passwords of importer@example.com that came over HTTP within an hour did not work, and one more may lock the user in Five9: the newest version of the secret five9-acme came over HTTP too, "
            + "so it is tried at 2026-11-04T13:00:00Z. A version that is stored in the key vault itself is tried at once.")));
    }

    // Stored untried, each would be tried by an import of its own.
    [Test]
    public async Task PasswordsThatWereStoredUntested_AreTriedThreeTimesInAll()
    {
        var (app, api) = await StartedAsync();
        for (var i = 1; i <= 5; i++)
        {
            Assert.That((await api.PostAsync("integrations?test=false", Body(app, $"Acme {i}", $"bad{i}"))).Status, Is.EqualTo(201));
        }

        for (var i = 1; i <= 5; i++)
        {
            await api.PostAsync($"integrations/acme-{i}/test");
        }

        Assert.That(app.Five9.BadLogins, Is.EqualTo(3));
    }

    [Test]
    public async Task ManyAtOnce_OnTwoInstances_AreThreeBadLogins()
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations?test=false", Body(app, "Acme", Right));
        await app.StartAnotherInstanceAsync(Token);
        var clients = new[] { api, ClientOf(app, instance: 1) };

        await Task.WhenAll(Enumerable.Range(0, 4).Select(async sender =>
        {
            for (var i = 0; i < 8; i++)
            {
                await clients[sender % 2].PutAsync(Credential, $$"""{"password":"bad {{sender}} {{i}}"}""");
            }
        }));

        Assert.That(app.Five9.BadLogins, Is.LessThanOrEqualTo(3));
        await SendUntilLockedAsync(api);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(3));
    }

    [TestCase(503)]
    [TestCase(200)]
    public async Task AMaintenancePage_IsNoTry(int status)
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations?test=false", Body(app, "Acme", Right));
        for (var i = 0; i < 5; i++)
        {
            app.Five9.Next("getCallCountersState", SimulatedAnswer.Http(status, "<!DOCTYPE html><html><body>We are down for maintenance.</body></html>"));
            Assert.That((await api.PutAsync(Credential, """{"password":"bad"}""")).Problem, Does.StartWith("502 credential-unproven"));
        }

        Assert.That((await api.PutAsync(Credential, $$"""{"password":"{{Right}}"}""")).Status, Is.EqualTo(200));
    }

    [TestCase("hung up")]
    [TestCase("unknown words")]
    public async Task APasswordThatIsLeftUnanswered_Counts(string answer)
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations?test=false", Body(app, "Acme", Right));
        for (var i = 0; i < 3; i++)
        {
            app.Five9.Next("getCallCountersState", answer == "hung up" ? SimulatedAnswer.Reset(0) : SimulatedAnswer.Fault("Unheard", "something"));
            Assert.That((await api.PutAsync(Credential, """{"password":"bad"}""")).Problem, Does.StartWith("502 credential-unproven"));
        }

        var fourth = await api.PutAsync(Credential, $$"""{"password":"{{Right}}"}""");
        Assert.That((fourth.Status, fourth.RetryAfter), Is.EqualTo((429, "3600")));
    }

    [Test]
    public async Task ASentPasswordThatWorks_ClearsTheCount()
    {
        var (app, api) = await StartedAsync();
        await api.PostAsync("integrations?test=false", Body(app, "Acme", Right));
        for (var round = 0; round < 3; round++)
        {
            await api.PutAsync(Credential, """{"password":"bad1"}""");
            await api.PutAsync(Credential, """{"password":"bad2"}""");
            Assert.That((await api.PutAsync(Credential, $$"""{"password":"{{Right}}"}""")).Status, Is.EqualTo(200));
        }

        Assert.That(app.Five9.BadLogins, Is.EqualTo(6));
    }

    [Test]
    public async Task AnExpiredPassword_IsSaid_WithItsCure_AndNotAsAMissingRole()
    {
        var (app, api) = await StartedAsync();
        const string Words = "says that the password of importer@example.com has expired (getCallCountersState: \"Your password has expired\"): change it in Five9, and store the new one as a new version of the secret.";
        app.Five9.Next("getCallCountersState", SimulatedAnswer.Fault("AccessDisallowed", "Your password has expired"));

        var created = await api.PostAsync("integrations", Body(app, "Acme", Right));

        Assert.That(created.Stages(), Is.EqualTo(new[] { "host ok", "login failed", "role skipped", "call-log skipped", "agent-states skipped", "zone skipped" }));
        Assert.That(created.Detail("login"), Is.EqualTo($"Five9 at 127.0.0.1 {Words} The old one is not sent again."));
        var run = await app.OpenAsync(From, To, Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Any(s => s.Error?.Problem == ImportProblem.PasswordExpired), Token);
        Assert.That((app.Five9.Calls["getCallCountersState"], app.Five9.Calls.GetValueOrDefault("runReport")), Is.EqualTo((1, 0)), "it is not sent again");
        Assert.That((await app.FoldAsync(run, Token)).Warnings.Select(w => w.Concern), Is.EqualTo(new[] { SliceConcern.CredentialRejected }));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.FinishedAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
    }

    /// <summary>Paused: no import has the user's turn when a password is sent.</summary>
    private static string Body(TestApp app, string name, string? password, params (string Field, JsonNode? Value)[] changes) =>
        Connected.Body(app, name, [("password", password), ("paused", true), .. changes]);

    private static async Task SendBadOnesAsync(ApiClient api)
    {
        foreach (var bad in new[] { "bad1", "bad2", "bad3" })
        {
            Assert.That((await api.PutAsync(Credential, $$"""{"password":"{{bad}}"}""")).Problem, Does.StartWith("409 credential-rejected"));
        }
    }

    // Another request may have the user's turn.
    private static async Task SendUntilLockedAsync(ApiClient api)
    {
        for (var i = 0; i < 10; i++)
        {
            if ((await api.PutAsync(Credential, $$"""{"password":"last {{i}}"}""")).Status == 429)
            {
                return;
            }
        }

        Assert.Fail("It was never locked.");
    }

    private async Task<(TestApp App, ApiClient Api)> StartedAsync()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com");
        app.Log.Expect("A password that a person sent for importer@example.com (acme) does not work; nothing was changed.");
        return (app, api);
    }
}
