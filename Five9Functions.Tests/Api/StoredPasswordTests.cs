using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Api;

/// <summary>A caller with a function key has settings changed so that a stored password would be sent to a host of its own: another simulator that the settings allow.</summary>
[CancelAfter(240_000)]
public sealed class StoredPasswordTests : ApiTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-02T12:00:00Z";
    private const string Untested = "integrations?test=false";

    private static readonly (string, string) Any = ("If-Match", "*");

    private static TestSetup Setup => new()
    {
        Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T10:00:00Z", "2026-11-02T10:10:00Z")),
        Now = "2026-11-02T20:00:00Z",
        Integrations = [],
        Password = Connected.Password,
    };

    private Five9Simulator _elsewhere = null!;

    [SetUp]
    public async Task StartElsewhereAsync() => _elsewhere = await Five9Simulator.StartAsync(new SimulatorOptions { Password = "another" }, Token);

    [TearDown]
    public async Task StopElsewhereAsync() => await _elsewhere.DisposeAsync();

    [TestCase(true)]
    [TestCase(false)]
    public async Task ASecretThatItsIntegrationNoLongerNames_IsNotSentElsewhere(bool tested)
    {
        var (app, api) = await AttackedAsync();
        await api.PostAsync(Untested, Connected.Body(app, "Acme", ("paused", true)));
        var away = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme", ("secretName", "five9-other"), ("password", "x")), Any);
        Assert.That((away.Status, away["secretName"]), Is.EqualTo((200, "five9-other")));

        var reply = await api.PostAsync(tested ? "integrations" : Untested, Connected.Body(app, "Thief", Elsewhere, ("secretName", "five9-acme"), ("password", null)));

        Assert.That(reply.Problem, Is.EqualTo(
            $"422 secret-of-another-host: The secret five9-acme is for the host {app.Five9.BaseAddress.Authority}, but the integration thief calls {There}: correct the region, or store a new version with \"host\": \"{There}\"."));
        Assert.That((await api.GetAsync("integrations/thief")).Status, Is.EqualTo(404));
        await app.TickAsync(Token);
        Assert.That(_elsewhere.Calls, Is.Empty);
    }

    [Test]
    public async Task ASecretOfAnIntegrationThatWasRemovedWithoutItsData_IsNotSentElsewhere()
    {
        var (app, api) = await AttackedAsync();
        await api.PostAsync(Untested, Connected.Body(app, "Acme", ("paused", true)));
        Assert.That((await api.DeleteAsync("integrations/acme?data=keep", Any)).Status, Is.EqualTo(204));

        var reply = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("id", "acme"), Elsewhere, ("secretName", "five9-acme"), ("password", null)));

        Assert.That(reply.Problem, Does.StartWith($"422 secret-of-another-host: The secret five9-acme is for the host {app.Five9.BaseAddress.Authority}, but the integration acme calls {There}"));
        Assert.That(_elsewhere.Calls, Is.Empty);

        var back = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("id", "acme"), ("secretName", "five9-acme"), ("password", null), ("paused", true)));
        Assert.That((back.Status, back.Stages()[1]), Is.EqualTo((201, "login ok")), "host and user fit");
    }

    [Test]
    public async Task ASecretOfFive9sOwnHosts_OrWithoutAHost_IsNotSentElsewhere_ByPostOrPut()
    {
        var (app, api) = await AttackedAsync(Setup with { IsFive9sOwn = true });
        await app.Vault.PutAsync("five9-own", TestSetup.UserName, Connected.Password);
        await app.Vault.PutAsync("five9-old", $$"""{"userName":"{{TestSetup.UserName}}","password":"{{Connected.Password}}"}""");
        await api.PostAsync(Untested, Connected.Body(app, "Mine", Elsewhere, ("password", "another"), ("paused", true)));

        foreach (var (secret, why) in new[] { ("five9-own", "is for the host api.five9.com"), ("five9-old", "does not name its host, so it is for Five9's own hosts") })
        {
            var posted = await api.PostAsync("integrations", Connected.Body(app, "Thief", Elsewhere, ("secretName", secret), ("password", null)));
            var put = await api.PutAsync("integrations/mine", Connected.Body(app, "Mine", Elsewhere, ("secretName", secret), ("password", null)), Any);

            Assert.That(new[] { posted.Problem, put.Problem }, Is.All.StartsWith($"422 secret-of-another-host: The secret {secret} {why}"));
        }

        Assert.That(_elsewhere.Calls, Is.Empty);
    }

    [Test]
    public async Task ASecretOfAnotherUser_IsNotTaken()
    {
        var (app, api) = await AttackedAsync();
        await app.Vault.PutAsync("five9-ann", "ann@example.com", Connected.Password);

        Assert.That((await api.PostAsync("integrations", Connected.Body(app, "Acme", ("secretName", "five9-ann"), ("password", null)))).Problem, Is.EqualTo(
            "422 secret-of-another-host: The secret five9-ann is that of ann@example.com, but the integration acme logs in as importer@example.com: correct the one that is wrong."));
        Assert.That(app.Five9.Calls, Is.Empty);
    }

    // The same refusal stands before each call, also for a row that did not come through the API.
    [Test]
    public async Task ARowThatWasMovedByHand_HasNothingSent()
    {
        var (app, api) = await AttackedAsync();
        await api.PostAsync(Untested, Connected.Body(app, "Acme", ("paused", true)));
        await new TableClient(app.ConnectionString, "Integrations").UpdateEntityAsync(
            new TableEntity("integrations", "acme") { ["Host"] = _elsewhere.BaseAddress.AbsoluteUri }, Azure.ETag.All, TableUpdateMode.Merge, Token);
        app.Log.Expect("secret-of-another-host");

        var tested = await api.PostAsync("integrations/acme/test");
        var fold = await app.ImportAsync(From, To, Token);

        Assert.That(tested.Stages()[..2], Is.EqualTo(new[] { "host not-checked", "login failed" }));
        Assert.That(fold.Errors.Select(e => e.Problem), Is.EqualTo(new[] { ImportProblem.SecretOfAnotherHost }));
        Assert.That(_elsewhere.Calls, Is.Empty);
    }

    [Test]
    public async Task EverythingThatIsStored_NamesItsHost()
    {
        var (app, api) = await AttackedAsync();
        var here = app.Five9.BaseAddress.Authority;

        await api.PostAsync(Untested, Connected.Body(app, "Acme", ("paused", true)));
        Assert.That(await app.SecretAsync("five9-acme"), Does.StartWith($$"""{"userName":"importer@example.com","password":"{{Connected.Password}}","host":"{{here}}"}"""));

        app.Five9.ChangePassword("Gr3enW4llet!Second");
        Assert.That((await api.PutAsync("integrations/acme/credential", """{"password":"Gr3enW4llet!Second"}""")).Status, Is.EqualTo(200));
        Assert.That(await app.SecretAsync("five9-acme"), Does.StartWith($$"""{"userName":"importer@example.com","password":"Gr3enW4llet!Second","host":"{{here}}"}"""));

        await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme", Elsewhere, ("password", "another")), Any);
        Assert.That(await app.SecretAsync("five9-acme"), Does.StartWith($$"""{"userName":"importer@example.com","password":"another","host":"{{There}}"}"""));
    }

    [Test]
    public async Task ARegionThatIsCorrectedFromUsToEu_GoesOnWithTheStoredPassword()
    {
        var (app, api) = await AttackedAsync(Setup with { IsFive9sOwn = true });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        app.Five9.Next("getCallCountersState", SimulatedAnswer.Http(401, "", "text/plain"));
        var wrong = await api.PostAsync("integrations", Connected.Body(app, "Acme", ("region", "us"), ("paused", true)));
        Assert.That(wrong.Stages()[1], Is.EqualTo("login failed"));

        var corrected = await api.PutAsync("integrations/acme", Connected.Body(app, "Acme", ("region", "eu"), ("password", null)), Any);

        Assert.That((corrected.Status, corrected["region"], corrected.Stages()[1]), Is.EqualTo((200, "eu", "login ok")));
        Assert.That((await app.ImportAsync(From, To, Token)).Landed, Is.EqualTo(1));
        Assert.That(app.Vault.Requests["set five9-acme"], Is.EqualTo(1));
    }

    [Test]
    public async Task AnOldSecret_AndAVersionStoredByHand_WithoutAHost_WorkAtFive9sOwnHosts()
    {
        var app = await StartAsync(Setup with { IsFive9sOwn = true, Integrations = ["acme"] });
        await app.Vault.PutAsync("five9-acme", $$"""{"userName":"{{TestSetup.UserName}}","password":"{{Connected.Password}}"}""");
        Assert.That((await app.ImportAsync(From, To, Token)).Landed, Is.EqualTo(1));

        app.Five9.ChangePassword("Gr3enW4llet!Second");
        await app.Vault.PutAsync("five9-acme", $$"""{"userName":"{{TestSetup.UserName}}","password":"Gr3enW4llet!Second"}""");
        await app.Host.RunTimerAsync("CheckCredentials", Token);

        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Five9.BadLogins, Is.Zero);
    }

    [Test]
    public async Task AVersionStoredByHand_ForAnAllowedHost_MustNameIt()
    {
        var app = await StartAsync(Setup with { Integrations = ["acme"] });
        app.Log.Expect("secret-of-another-host");
        await app.Vault.PutAsync("five9-acme", $$"""{"userName":"{{TestSetup.UserName}}","password":"{{Connected.Password}}"}""");
        var refused = await app.ImportAsync(From, To, Token);
        Assert.That(refused.Errors.Select(e => e.Problem), Is.EqualTo(new[] { ImportProblem.SecretOfAnotherHost }));
        Assert.That(app.Five9.Calls, Is.Empty);

        await app.Vault.PutAsync("five9-acme", $$"""{"userName":"{{TestSetup.UserName}}","password":"{{Connected.Password}}","host":"{{app.Five9.BaseAddress.Authority}}"}""");

        Assert.That((await app.ImportAsync(From, To, Token)).Landed, Is.EqualTo(1));
    }

    private string There => _elsewhere.BaseAddress.Authority;

    private (string, JsonNode?) Elsewhere => ("region", _elsewhere.BaseAddress.AbsoluteUri);

    private Task<(TestApp App, ApiClient Api)> AttackedAsync(TestSetup? setup = null) => ServeAsync((setup ?? Setup) with { AllowedHosts = [There] });
}
