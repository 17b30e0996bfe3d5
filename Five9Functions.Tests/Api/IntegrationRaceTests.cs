using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Storage.Faults;

namespace Five9Functions.Tests.Api;

/// <summary>Two at once: one wins, and only the winner's password is stored.</summary>
[CancelAfter(60_000)]
public sealed class IntegrationRaceTests : ApiTest
{
    private static TestSetup Setup => new() { Rows = new StateRows(), Now = "2026-11-02T20:00:00Z", Integrations = [], Password = Connected.Password };

    [Test]
    public async Task TwoCreationsOfOneName_OneWins_AndTheLosersPasswordIsNowhere()
    {
        var (app, api) = await ServeAsync(Setup);
        string[] passwords = ["first-Passw0rd", "second-Passw0rd", "third-Passw0rd", "fourth-Passw0rd"];

        var replies = await Task.WhenAll(passwords.Select((password, i) =>
            api.PostAsync("integrations?test=false", Connected.Body(app, i % 2 == 0 ? "Acme West" : "acme  WEST ", ("password", password), ("secretName", "five9-shared"), ("paused", true)))));

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 201, 409, 409, 409 }));
        Assert.That(replies.Where(r => r.Status == 409).Select(r => r["code"]), Is.All.EqualTo("name-taken"));
        var winner = Array.FindIndex(replies, r => r.Status == 201);
        Assert.That(await app.SecretAsync("five9-shared"), Does.Contain(passwords[winner]));
        Assert.That(app.Vault.Requests["set five9-shared"], Is.EqualTo(1));
        Assert.That((await api.GetAsync("integrations")).Json["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TwoCreationsOfOneId_OneWins_AndSuggestedIdsGetNumbers()
    {
        var (app, api) = await ServeAsync(Setup);

        var replies = await Task.WhenAll(new[] { "One", "Two" }.Select(name => api.PostAsync("integrations?test=false", Connected.Body(app, name, ("id", "acme"), ("paused", true)))));
        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 201, 409 }));
        Assert.That(replies.Single(r => r.Status == 409).Problem, Is.EqualTo("409 id-taken: There is an integration of this id: choose another, or leave it out."));
        Assert.That(app.Vault.Requests["set five9-acme"], Is.EqualTo(1));

        Assert.That((await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme!", ("paused", true))))["id"], Is.EqualTo("acme-2"));
    }

    [Test]
    public async Task AnAnswerOfStorageThatIsLost_MakesNobodyTheLoserOfHisOwnWrite()
    {
        var (app, api) = await ServeAsync(Setup);
        var lost = 0;
        app.Network.Faults = request => request is { CanWrite: true, Entities: [{ Table: "Integrations" }, ..] } && ++lost % 2 == 1 ? NetworkFaults.LostAnswer : null;

        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        var changed = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme East", ("password", "second-Passw0rd")), ("If-Match", created.ETag!));

        Assert.That((created.Status, changed.Status, changed["name"], lost), Is.EqualTo((201, 200, "Acme East", 4)), "each sent twice");
        Assert.That(app.Vault.Requests["set five9-acme"], Is.EqualTo(2));
        Assert.That(await app.SecretAsync("five9-acme"), Does.Contain("second-Passw0rd"));
        Assert.That((await api.GetAsync("integrations")).Json["items"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task TwoEditsAtOnce_OneIs412_AndItsPasswordIsNotStored()
    {
        var (app, api) = await ServeAsync(Setup);
        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        string[] passwords = ["first-Passw0rd", "second-Passw0rd"];

        var replies = await Task.WhenAll(passwords.Select((password, i) =>
            api.PutAsync("integrations/acme?test=false", Connected.Body(app, $"Acme {i}", ("password", password)), ("If-Match", created.ETag!))));

        Assert.That(replies.Select(r => r.Status).Order(), Is.EqualTo(new[] { 200, 412 }));
        Assert.That(replies.Single(r => r.Status == 412).Problem, Is.EqualTo("412 changed: Somebody has changed the integration acme since you read it: read it again, and repeat your change if it is still wanted."));
        var winner = Array.FindIndex(replies, r => r.Status == 200);
        Assert.That((await api.GetAsync("integrations/acme"))["name"], Is.EqualTo($"Acme {winner}"));
        Assert.That(await app.SecretAsync("five9-acme"), Does.Contain(passwords[winner]));
        Assert.That(app.Vault.Requests["set five9-acme"], Is.EqualTo(2), "one of the creation");
    }

    [Test]
    public async Task Edit_HasToNameTheVersion_AndOfOneThatWasPausedMeanwhileIs412()
    {
        var (app, api) = await ServeAsync(Setup);
        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        var body = Connected.Body(app, "Acme", ("password", null));

        Assert.That((await api.PutAsync("integrations/acme", body)).Problem, Is.EqualTo("428 if-match-missing: Send the ETag of the integration acme that you read in the header If-Match, so that nobody's change is lost; * for whatever it is."));
        await api.PostAsync("integrations/acme/resume");
        Assert.That((await api.PutAsync("integrations/acme", body, ("If-Match", created.ETag!))).Status, Is.EqualTo(412));
        Assert.That((await api.PutAsync("integrations/acme?test=false", body, ("If-Match", "*"))).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Rename_FreesTheOldName_AndATakenOneIs409()
    {
        var (app, api) = await ServeAsync(Setup);
        var created = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        await api.PostAsync("integrations?test=false", Connected.Body(app, "Other", ("paused", true)));

        var taken = await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "OTHER"), ("If-Match", created.ETag!));
        Assert.That(taken.Problem, Is.EqualTo("409 name-taken: Another integration is called OTHER; case and blanks do not count. Choose another name."));
        Assert.That(app.Vault.Requests["set five9-acme"], Is.EqualTo(1), "nothing is stored for who lost");

        Assert.That((await api.PutAsync("integrations/acme?test=false", Connected.Body(app, "Acme East"), ("If-Match", created.ETag!))).Status, Is.EqualTo(200));
        var again = await api.PostAsync("integrations?test=false", Connected.Body(app, "Acme", ("paused", true)));
        Assert.That((again.Status, again["id"]), Is.EqualTo((201, "acme-2")));
    }
}
