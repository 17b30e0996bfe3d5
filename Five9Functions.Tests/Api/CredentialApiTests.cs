using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.Api;

/// <summary>The simulator takes one password; at 2026-11-04T12:00:00Z.</summary>
[CancelAfter(240_000)]
public sealed class CredentialApiTests : ApiTest
{
    private const string Right = "Gr3enW4llet!Right";
    private const string From = "2026-11-03T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";
    private const string Route = "integrations/acme/credential";

    private static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
        Password = Right,
        PasswordPolicy = null,
        Settings = new Dictionary<string, string?> { ["Imports:CredentialCheck"] = "01:00:00" },
    };

    [Test]
    public async Task ARightPassword_ReplacesARejectedOne_AndWhatWaitedGoesOn()
    {
        var (app, api) = await ServeAsync(Setup with { Secret = "wrong" });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var run = await app.OpenAsync(From, To, Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Any(s => s.Error?.Problem == ImportProblem.CredentialRejected), Token);

        var reply = await api.PutAsync(Route, $$"""{"password":"{{Right}}","expiresAt":"2026-11-24T18:00:00+01:00"}""");

        Assert.That((reply.Status, reply.Text), Is.EqualTo((200,
            """{"state":"in-force","rotation":"external","expiresAt":"2026-11-24T17:00:00Z","expiresInDays":20,"warning":"The password expires in 20 days: change it in Five9 and send it with PUT /integrations/acme/credential, or store it as a new version of the secret five9-acme."}""")));
        app.Host.LookNow();
        await app.WhenAsync(async () => (await app.Get<ImportRunTable>().FindAsync("acme", run.Id, Token))!.Value.Value.FinishedAt is not null, Token);
        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That((app.Five9.BadLogins, app.Vault.Requests["set five9-acme"]), Is.EqualTo((1, 1)));

        var got = await api.GetAsync("integrations/acme");
        Assert.That(got.Json["credential"]!.ToJsonString(), Is.EqualTo(reply.Json.ToJsonString()));
        var health = await api.GetAsync("health/integrations");
        Assert.That((health["items.0.credential.expiresInDays"], health["items.0.reason"]), Is.EqualTo(("20", $"{health["items.0.reason"]!.Split(" The password expires")[0]} {reply["warning"]}")));
    }

    [Test]
    public async Task ABadPassword_ChangesNothing_AndSaysWhy_ThreeTimesAtMost()
    {
        var (app, api) = await ServeAsync(Setup);
        app.Log.Expect("A password that a person sent for importer@example.com (acme) does not work; nothing was changed.");
        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));

        foreach (var bad in new[] { "bad1", "bad2", "bad3" })
        {
            var reply = await api.PutAsync(Route, $$"""{"password":"{{bad}}"}""");
            Assert.That(reply.Problem, Is.EqualTo("409 credential-rejected: Five9 at 127.0.0.1 rejected the login of importer@example.com (getCallCountersState: \"Invalid login or password\"): the password is wrong, the account is locked, or the host is not that of the user's region. Nothing was changed."));
        }

        Assert.That((await api.PutAsync(Route, """{"password":"bad4"}""")).Problem, Is.EqualTo(
            "429 credential-tries-used: 3 passwords of importer@example.com that were sent within an hour did not work, and one more may lock the user in Five9, so this one was not tried and nothing was changed. Send it after 2026-11-04T13:00:00Z, or store it as a new version of the secret five9-acme in the key vault: a version there is tried at once."));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(3));
        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded), "the old one is in force");
        Assert.That(app.Vault.Requests.GetValueOrDefault("set five9-acme"), Is.Zero);

        Assert.That((await api.PostAsync($"{Route}/retry")).Text, Is.EqualTo("""{"id":"acme","cleared":false}"""));
        Assert.That((await api.PutAsync(Route, $$"""{"password":"{{Right}}"}""")).Status, Is.EqualTo(429), "retry gives no tries back");
        app.Clock.Advance(Duration.FromHours(1));
        Assert.That((await api.PutAsync(Route, $$"""{"password":"{{Right}}"}""")).Status, Is.EqualTo(200));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(3));
    }

    [Test]
    public async Task ARejectedPassword_IsNotTriedWhenItIsSent_UntilAPersonClearsIt_ThenOnce()
    {
        var (app, api) = await ServeAsync(Setup with { Secret = "wrong" });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var run = await app.OpenAsync(From, To, Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Any(s => s.Error?.Problem == ImportProblem.CredentialRejected), Token);

        Assert.That((await api.PutAsync(Route, """{"password":"wrong"}""")).Problem, Does.StartWith("409 credential-rejected: This is the password in the secret five9-acme, and Five9 rejected that one: it was not tried again"));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));

        Assert.That((await api.PostAsync($"{Route}/retry")).Text, Is.EqualTo("""{"id":"acme","cleared":true}"""));
        app.Host.LookNow();
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("Five9 rejected the credential") == 2), Token);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(2));
    }

    [Test]
    public async Task WhatCannotBeDone_ChangesNothing_AndIsNamed()
    {
        var (app, api) = await ServeAsync(Setup with { Integrations = ["acme", "other"], Settings = new Dictionary<string, string?> { ["Integrations:other:Rotation"] = "Managed" } });
        var users = app.Get<Five9UserTable>();
        var key = await users.EnsureAsync((await app.Get<IntegrationTable>().FindAsync("acme", Token))!, Token);

        foreach (var (method, path) in new[] { ("PUT", ""), ("POST", "/rotate"), ("POST", "/retry") })
        {
            Assert.That((await api.SendAsync(method, $"integrations/none/credential{path}", method == "PUT" ? "{}" : null)).Problem, Does.StartWith("404 integration-unknown"));
            Assert.That((await api.SendAsync(method, $"{Route}{path}?force=true", null)).Problem, Is.EqualTo("400 invalid: This request takes no parameters."));
        }

        Assert.That((await api.PutAsync(Route, "{}")).Problem, Does.StartWith("400 body-unreadable"));
        Assert.That((await api.PutAsync(Route, """{"password":" "}""")).Problem, Is.EqualTo("400 invalid: password must have 1 to 256 characters."));
        Assert.That((await api.PutAsync(Route, """{"password":"x","expiresAt":"2026-11-04T12:00:00Z"}""")).Problem, Is.EqualTo("400 invalid: expiresAt must be in the future, or left out."));
        Assert.That((await api.SendAsync("PUT", Route, null)).Status, Is.EqualTo(415));
        Assert.That((await api.PutAsync(Route, $$"""{"password":"{{new string('x', 70_000)}}"}""")).Status, Is.EqualTo(413));
        Assert.That((await api.PostAsync($"{Route}/rotate")).Problem, Is.EqualTo("409 rotation-not-managed: The importer does not manage the password of acme: set rotation to managed, or send a password with PUT /integrations/acme/credential."));
        Assert.That((await api.PostAsync("integrations/other/credential/rotate")).Problem, Is.EqualTo(
            "409 user-shared-by-another-secret: The integration acme logs in as importer@example.com too, with the secret five9-acme: a new password would leave it with the old one. Let both name one secret, or set rotation to external."));

        await using (var lease = await users.TryLeaseAsync(key, Token))
        {
            Assert.That((await api.PutAsync(Route, """{"password":"x"}""")).Problem, Does.StartWith("503 user-busy: An import has the turn of importer@example.com"));
        }

        app.Five9.Next("getCallCountersState", SimulatedAnswer.Fault("Server", "down"));
        Assert.That((await api.PutAsync(Route, """{"password":"x"}""")).Problem, Does.StartWith("502 credential-unproven: Five9 failed at getCallCountersState").And.EndsWith("Nothing was changed."));
        app.Vault.Answer = VaultAnswer.Forbidden;
        Assert.That((await api.PutAsync(Route, $$"""{"password":"{{Right}}"}""")).Problem, Does.StartWith("502 vault-refused: Five9 takes the password, but the key vault"));
        app.Vault.Answer = VaultAnswer.Truth;

        Assert.That(app.Five9.BadLogins, Is.Zero);
        Assert.That((await users.GetAsync(key, Token)).Value.Versions, Is.Empty);
    }

    [Test]
    public async Task AUserWhomAnotherIntegrationNamesByAnotherSecret_IsNotManagedFromTheStart()
    {
        var (app, api) = await ServeAsync(Setup);

        Assert.That((await api.PostAsync("integrations?test=false", Connected.Body(app, "Second", ("rotation", "managed"), ("paused", true)))).Problem, Is.EqualTo(
            "409 user-shared-by-another-secret: The integration acme logs in as importer@example.com too, with the secret five9-acme, and the importer manages that user's password: let both name one secret, or set rotation of both to external."));
        var shared = await api.PostAsync("integrations?test=false", Connected.Body(app, "Second", ("rotation", "managed"), ("secretName", "five9-acme"), ("password", null), ("paused", true)));
        Assert.That((shared.Status, shared["rotation"]), Is.EqualTo((201, "managed")));
    }

    [Test]
    public async Task ARotationThatIsAskedForTwice_IsOne()
    {
        var (app, api) = await ServeAsync(Setup with { Settings = new Dictionary<string, string?> { ["Integrations:acme:Rotation"] = "managed" } });

        var replies = await Task.WhenAll(api.PostAsync($"{Route}/rotate"), api.PostAsync($"{Route}/rotate"));
        app.Host.LookNow();
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("Five9 takes the new password") == 1), Token);
        await app.Host.WhenIdleAsync(Token);

        Assert.That(replies.Select(r => (r.Status, r["id"], r.Location)), Is.All.EqualTo((202, "acme", "/api/integrations/acme")));
        Assert.That(replies.Select(r => r["replaces"]).Distinct().Count(), Is.EqualTo(1));
        Assert.That((app.Five9.Calls["modifyUser"], app.Five9.BadLogins), Is.EqualTo((1, 0)));
        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        var health = await api.GetAsync("health/integrations");
        Assert.That((health["items.0.credential.expiresAt"], health["items.0.credential.expiresInDays"], health["items.0.credential.warning"]), Is.EqualTo(("2027-02-02T12:00:00Z", "90", (string?)null)));
    }
}
