using System.Text.Json;
using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.Simulator;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.EndToEnd.Kills;
using Five9Functions.Tests.LocalHost.Simulator;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.Credentials;

/// <summary>The importer changes the password of acme, which has one that expires on 2026-11-20.</summary>
[CancelAfter(240_000)]
public sealed class ManagedRotationTests : EndToEndTest
{
    private const string First = "Gr3enW4llet!First";
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";
    private const string Pending = "five9-acme-pending";

    private static readonly Duration MaxLease = Duration.FromMinutes(1);

    private static readonly long Expires = new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds();

    private static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"), new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
        Password = First,
        PasswordPolicy = new SimulatedPasswordPolicy(MinLength: 24, MinCapitals: 3, MinNumbers: 3, MinSpecial: 3, Remembered: 5, ExpiresDays: 60),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Rotation"] = "Managed", ["Rotation:GracePeriod"] = "00:00:00" },
    };

    /// <summary>Between all steps. Of those after which nobody can know whether Five9 has the new password, the ones at which it has not cost a bad login.</summary>
    private static readonly KillStep[] Steps =
    [
        KillStep.Before("policy", r => r.Call == "getVCCConfiguration"),
        KillStep.Before("policy | pending secret", r => r.Vault == $"PUT {Pending}"),
        KillStep.After("pending secret | note", r => r.Vault == $"PUT {Pending}"),
        KillStep.After("note | modifyUser", r => r.Changes("Five9Users", Pending), again: "bad login"),
        KillStep.After("modifyUser | its answer", r => r.Call == "modifyUser"),
        KillStep.Before("its answer | test login", r => r.Call == "getCallCountersState"),
        KillStep.After("test login | its answer", r => r.Call == "getCallCountersState"),
        KillStep.Before("test login | new version", r => r.Vault == "PUT five9-acme"),
        KillStep.After("new version | its note", r => r.Vault == "PUT five9-acme"),
        KillStep.Before("its note | old versions", r => r.Vault == "PATCH five9-acme"),
        KillStep.After("old versions | end of the pending secret", r => r.Vault == "PATCH five9-acme"),
        KillStep.After("end of the pending secret | end of its note", r => r.Vault == $"DELETE {Pending}"),
        KillStep.Before("end of its note | end of the message", r => r.Settles("credential-events")),
    ];

    [Test]
    public async Task NearExpiry_GivesANewPassword_WhileAnImportRuns_WithoutABadLogin()
    {
        var app = await StartAsync(Setup with { VaultSendsEvents = true });
        var run = await app.OpenAsync(From, To, Token);
        var version = await ExpiringAsync(app);
        await app.Vault.Events!.LookAsync(Token);
        app.Host.LookNow();
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("Five9 takes the new password") == 1), Token);
        var fold = await app.FinishedAsync(run, Token);

        Assert.That((fold.Status, fold.Landed, fold.Slices, app.Five9.BadLogins), Is.EqualTo((RunStatus.Succeeded, 2, 2, 0)));
        var secret = await SecretAsync(app);
        Assert.That(secret.Password, Has.Length.EqualTo(24).And.Not.EqualTo(First));
        Assert.That((secret.Expires, secret.IsOurs), Is.EqualTo((Instant.FromUtc(2027, 1, 3, 12, 0), true)), "60 days, as Five9's policy says");
        await AssertWorksAsync(app, secret.Password);
        Assert.That(app.Five9.Calls["modifyUser"], Is.EqualTo(1));
        Assert.That(await IsDisabledAsync(app, version), Is.True);
        Assert.That(app.Vault.Requests.GetValueOrDefault($"delete {Pending}"), Is.EqualTo(1));
        Assert.That((await UserAsync(app)).Versions, Is.EquivalentTo(new Dictionary<string, VersionMark> { ["five9-acme"] = new(secret.Version, VersionState.InForce) }));

        // A second one begins where the first has left a deleted secret.
        await RequestAsync(app, secret.Version);
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("Five9 takes the new password") == 2), Token);
        await app.Host.WhenIdleAsync(Token);
        await AssertWorksAsync(app, (await SecretAsync(app)).Password);
        Assert.That(app.Five9.BadLogins, Is.Zero);
    }

    [TestCaseSource(nameof(Steps))]
    public async Task KilledAnywhere_ItEnds_AtTheMessage(object step)
    {
        var kill = (KillStep)step;
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var version = await ExpiringAsync(app);
        await app.ImportAsync(From, To, Token);
        app.KillAt = kill.Once();
        await RequestAsync(app, version);
        await app.Killed.WaitAsync(Token);
        app.Clock.Advance(MaxLease);
        await app.ReviveAsync(Token);
        await app.Host.WhenIdleAsync(Token);

        await AssertRotatedAsync(app, kill.Again is null ? 0 : 1);
    }

    [TestCaseSource(nameof(Steps))]
    public async Task KilledAnywhere_AnImportGoesOn_AndTheTimerEndsIt(object step)
    {
        var kill = (KillStep)step;
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var version = await ExpiringAsync(app);
        await app.ImportAsync(From, To, Token);
        app.KillAt = kill.Once();
        await RequestAsync(app, version);
        await app.Killed.WaitAsync(Token);
        await app.QueueOf("credential-events").ClearMessagesAsync(Token);
        app.Clock.Advance(MaxLease);
        await app.ReviveAsync(Token);

        var fold = await app.ImportAsync(From, To, Token);
        Assert.That((fold.Status, fold.Slices, app.Five9.BadLogins), Is.EqualTo((RunStatus.Succeeded, 2, kill.Again is null ? 0 : 1)));

        await app.Host.RunTimerAsync("CheckCredentials", Token);
        await app.Host.WhenIdleAsync(Token);
        await AssertRotatedAsync(app, kill.Again is null ? 0 : 1);
    }

    [Test]
    public async Task WhenTheCurrentVersionIsRejected_APendingOneIsTriedOnce_WhateverTheRowKnows()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var version = await ExpiringAsync(app);
        await app.ImportAsync(From, To, Token);
        app.KillAt = KillStep.After("modifyUser | its answer", r => r.Call == "modifyUser").Once();
        await RequestAsync(app, version);
        await app.Killed.WaitAsync(Token);
        await app.QueueOf("credential-events").ClearMessagesAsync(Token);
        app.Clock.Advance(MaxLease);
        await app.ReviveAsync(Token);
        var users = app.Get<Five9UserTable>();
        await users.UpdateAsync((await UserAsync(app)).Key, user => user.WithoutMark(Pending), Token);

        var fold = await app.ImportAsync(From, To, Token);

        Assert.That((fold.Status, app.Five9.BadLogins), Is.EqualTo((RunStatus.Succeeded, 1)), "the old one, once");
        await AssertRotatedAsync(app, 1);
    }

    /// <summary>Before and after Five9 has the new password. The version of the importer before wrote no hosts into secrets.</summary>
    [TestCase("PUT five9-acme-pending", "", 0)]
    [TestCase("", "modifyUser", 0)]
    public async Task KilledAcrossTheUpgrade_ASecretWithoutAHost_IsTakenAtFive9sOwnHosts(string vault, string call, int badLogins)
    {
        var app = await StartAsync(Setup with { IsFive9sOwn = true });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var version = await app.Vault.PutAsync("five9-acme", $$"""{"userName":"{{TestSetup.UserName}}","password":"{{First}}"}""", new SecretAttributes(null, null, Expires));
        await app.ImportAsync(From, To, Token);
        await KillAsync(app, version, r => r.Vault == vault || r.Call == call);
        await ForgetHostAsync(app, version, "api.five9.com");

        await app.ReviveAsync(Token);
        await app.Host.RunTimerAsync("CheckCredentials", Token);
        await app.Host.WhenIdleAsync(Token);

        await AssertRotatedAsync(app, badLogins);
        Assert.That((await SecretAsync(app)).Host, Is.EqualTo("api.five9.com"));
    }

    [Test]
    public async Task KilledAcrossTheUpgrade_AtAnAllowedHost_WaitsForAPersonWhoNamesTheHost()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        app.Log.Expect("The new password of acme in the secret five9-acme-pending is not tried. The secret five9-acme-pending does not name its host");
        var version = await ExpiringAsync(app);
        await app.ImportAsync(From, To, Token);
        await KillAsync(app, version, r => r.Call == "modifyUser");
        await app.QueueOf("credential-events").ClearMessagesAsync(Token);
        var made = await ForgetHostAsync(app, version, app.Five9.BaseAddress.Authority);
        await app.ReviveAsync(Token);

        var run = await app.OpenAsync(From, To, Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Any(s => s.Error?.Problem == ImportProblem.CredentialRejected), Token);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1), "the old one; the new one is sent nowhere");
        Assert.That(((SecretReading.Held)await app.Get<Five9Secrets>().NewestAsync(Pending, Token)).Secret.Password, Is.EqualTo(made), "it is not deleted");

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, made);
        app.Clock.Advance(Duration.FromMinutes(10));
        Assert.That((await app.FinishedAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
    }

    [Test]
    public async Task TwoAtOnce_AreOne()
    {
        var app = await StartAsync(Setup);
        await app.StartAnotherInstanceAsync(Token);
        var version = await ExpiringAsync(app);
        for (var i = 0; i < 6; i++)
        {
            await RequestAsync(app, version);
        }

        await app.Host.RunTimerAsync("CheckCredentials", Token);
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("Five9 takes the new password") > 0), Token);
        await app.Host.WhenIdleAsync(Token);

        Assert.That((app.Five9.Calls["modifyUser"], app.Vault.Requests[$"set {Pending}"], app.Vault.Requests["set five9-acme"]), Is.EqualTo((1, 1, 1)));
        await AssertRotatedAsync(app, 0);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task WhatFive9Refuses_LeavesTheOldPassword(bool byPolicy)
    {
        var app = await StartAsync(Setup with { MayModifyUsers = byPolicy });
        app.Log.Expect("The password of importer@example.com (acme) was not changed; the old one stays.");
        if (byPolicy)
        {
            app.Five9.Next("modifyUser", SimulatedAnswer.Fault("IncorrectArgument", "Password was used before"));
        }

        await RequestAsync(app, await ExpiringAsync(app));
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("the old one stays") == 1), Token);
        await app.Host.WhenIdleAsync(Token);

        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That((app.Five9.BadLogins, app.Vault.Requests[$"delete {Pending}"], app.Vault.Requests.GetValueOrDefault("set five9-acme")), Is.EqualTo((0, 1, 0)));
        await AssertWorksAsync(app, First);
    }

    [Test]
    public async Task WhatFive9Refuses_IsForAPerson_SoItIsTriedAgainHoursLater_OrWhenAsked()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("The password of importer@example.com (acme) was not changed; the old one stays.");
        var version = await ExpiringAsync(app);
        app.Five9.Next("modifyUser", SimulatedAnswer.Fault("IncorrectArgument", "Password is too plain"));
        app.Five9.Next("modifyUser", SimulatedAnswer.Fault("IncorrectArgument", "Password is too plain"));
        await app.ImportAsync(From, To, Token);

        await app.Host.RunTimerAsync("CheckCredentials", Token);
        await app.Host.RunTimerAsync("CheckCredentials", Token);
        Assert.That(app.Five9.Calls["modifyUser"], Is.EqualTo(1));
        var status = await app.Get<CredentialStatuses>().GetAsync((await app.Get<IntegrationTable>().FindAsync("acme", Token))!, Token);
        Assert.That(status.Warning, Does.Match("^The password expires in 15 days, and the importer could not change it: .*Password is too plain.* It tries again after 2026-11-04T18:00:00Z, or at once with POST /integrations/acme/credential/rotate\\.$"));

        await RequestAsync(app, version);
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("the old one stays") == 2), Token);
        app.Clock.Advance(Duration.FromHours(6));
        await app.Host.RunTimerAsync("CheckCredentials", Token);
        Assert.That(app.Five9.Calls["modifyUser"], Is.EqualTo(3));
        await AssertRotatedAsync(app, 0);
    }

    [Test]
    public async Task AUserWhomAnotherIntegrationNamesByAnotherSecret_IsNotManaged()
    {
        var app = await StartAsync(Setup with { Integrations = ["acme", "other"] });
        app.Log.Expect("cannot be managed, because other names the secret five9-other for the same user");

        await RequestAsync(app, await ExpiringAsync(app));
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("cannot be managed") == 1), Token);

        Assert.That(app.Five9.Calls, Is.Empty);
    }

    private static Task<string> ExpiringAsync(TestApp app) => app.Vault.PutAsync("five9-acme", app.Vault.Content(TestSetup.UserName, First), new SecretAttributes(null, null, Expires));

    private static async Task KillAsync(TestApp app, string version, Func<InstanceRequest, bool> after)
    {
        app.KillAt = KillStep.After("killed", after).Once();
        await RequestAsync(app, version);
        await app.Killed.WaitAsync(Token);
        app.Clock.Advance(MaxLease);
    }

    /// <summary>Stores the pending password, which names its host, as the version of the importer before did. Gives the password.</summary>
    private static async Task<string> ForgetHostAsync(TestApp app, string replaces, string host)
    {
        var stored = (await app.Vault.Client().GetSecretAsync(Pending, cancellationToken: Token)).Value;
        var (userName, password, named) = Five9Secret.Parse(stored.Value)!.Value;
        Assert.That((userName, named), Is.EqualTo((TestSetup.UserName, host)));
        var old = new SecretParameters { Value = JsonSerializer.Serialize(new { userName = TestSetup.UserName, password }), Tags = new() { ["integration"] = "acme", ["replaces"] = replaces } };
        await app.Vault.Secrets.AddAsync(Pending, old, Token);
        return password;
    }

    private static async Task RequestAsync(TestApp app, string version)
    {
        await app.QueueOf("credential-events").SendMessageAsync($$$"""{"eventType":"Five9Functions.RotationRequested","subject":"five9-acme","data":{"objectName":"five9-acme","version":"{{{version}}}"}}""", Token);
        app.Host.LookNow();
    }

    private static async Task<Five9User> UserAsync(TestApp app) =>
        (await app.Get<Five9UserTable>().GetAsync(Five9UserTable.KeyOf((await app.Get<IntegrationTable>().FindAsync("acme", Token))!), Token)).Value;

    private static async Task<Five9Secret> SecretAsync(TestApp app) => ((SecretReading.Held)await app.Get<Five9Secrets>().NewestAsync("five9-acme", Token)).Secret;

    private static async Task<bool> IsDisabledAsync(TestApp app, string version) =>
        await app.Vault.Client().GetPropertiesOfSecretVersionsAsync("five9-acme", Token).AnyAsync(v => v.Version == version && v.Enabled == false, Token);

    private static async Task AssertWorksAsync(TestApp app, string password)
    {
        using var caller = new SoapCaller(app.Five9, password: password);
        Assert.That((await caller.CallAsync(SoapCaller.Request("getSkills"))).Name.LocalName, Is.EqualTo("getSkillsResponse"));
    }

    private static async Task AssertRotatedAsync(TestApp app, int badLogins)
    {
        Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        var secret = await SecretAsync(app);
        Assert.That(secret.Password, Is.Not.EqualTo(First));
        await AssertWorksAsync(app, secret.Password);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(badLogins));
        Assert.That(await app.Get<Five9Secrets>().NewestAsync(Pending, Token), Is.InstanceOf<SecretReading.Refused>());
        Assert.That((await UserAsync(app)).Versions, Is.EquivalentTo(new Dictionary<string, VersionMark> { ["five9-acme"] = new(secret.Version, VersionState.InForce) }));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }
}
