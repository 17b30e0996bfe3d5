using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Support;
using NodaTime;

namespace Five9Functions.Tests.Credentials;

/// <summary>Somebody changes the password in Five9 and stores it in the key vault. Slices that wait would not look again for an hour.</summary>
[CancelAfter(240_000)]
public sealed class RotatedOutsideTests : EndToEndTest
{
    private const string First = "Gr3enW4llet!First";
    private const string Second = "Gr3enW4llet!Second";
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";

    private static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"), new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
        Password = First,
        PasswordPolicy = null,
        Settings = new Dictionary<string, string?> { ["Imports:CredentialCheck"] = "01:00:00" },
    };

    [Test]
    public async Task TheVaultsEvent_HasItTriedOnce_AndWhatWaitsGoesOnAtOnce()
    {
        var app = await StartAsync(Setup with { VaultSendsEvents = true });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var run = await WaitsAsync(app);

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Second);
        await app.Vault.Events!.LookAsync(Token);
        app.Host.LookNow();
        var fold = await FinishedRunAsync(app, run);

        Assert.That((fold.Status, fold.Landed, app.Five9.BadLogins), Is.EqualTo((RunStatus.Succeeded, 2, 1)));
        Assert.That(app.Five9.Calls["getCallCountersState"], Is.EqualTo(1));
    }

    [Test]
    public async Task WithoutAnEvent_TheTimerFindsIt_AndASecondLookCostsFive9Nothing()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        var run = await WaitsAsync(app);
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Second);

        await app.Host.RunTimerAsync("CheckCredentials", Token);
        app.Host.LookNow();
        var fold = await FinishedRunAsync(app, run);
        await app.Host.RunTimerAsync("CheckCredentials", Token);

        Assert.That((fold.Status, fold.Landed, app.Five9.BadLogins), Is.EqualTo((RunStatus.Succeeded, 2, 1)));
        Assert.That(app.Five9.Calls["getCallCountersState"], Is.EqualTo(1));
    }

    [Test]
    public async Task AnImportThatRuns_AndEventsThatComeTwice_MakeNoBadLogin_AndOtherInstancesTakeTheNewVersionToo()
    {
        var app = await StartAsync(Setup with { VaultSendsEvents = true });
        await app.StartAnotherInstanceAsync(Token);
        await app.ImportAsync(From, To, Token);

        // Both at once, as far as anybody can see: no call comes between.
        app.Five9.ChangePassword(Second);
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Second);
        await app.Vault.Events!.LookAsync(Token);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await SendAsync(app, """{"eventType":"Microsoft.KeyVault.SecretNewVersionCreated","subject":"FIVE9-ACME","data":{"ObjectName":"FIVE9-ACME","Version":"late"}}""");
        }

        await app.Host.WhenIdleAsync(Token);
        for (var i = 0; i < 4; i++)
        {
            app.Clock.Advance(Duration.FromHours(1));
            Assert.That((await app.ImportAsync(From, To, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        }

        Assert.That(app.Five9.BadLogins, Is.Zero);
        Assert.That(app.Five9.Calls["getCallCountersState"], Is.EqualTo(1));
    }

    [Test]
    public async Task WhatIsNotKnown_IsToldAndDropped_AndNearExpiryIsWarnedOf()
    {
        var app = await StartAsync(Setup);
        var version = await app.Vault.PutAsync("five9-acme", app.Vault.Content(TestSetup.UserName, First), new SecretAttributes(null, null, new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds()));
        using var heard = new Heard(app.Get<System.Diagnostics.Metrics.IMeterFactory>());
        const string NamesNothing = "A message of the queue credential-events is empty or lacks what it is about, so it is dropped.";
        app.Log.Expect(NamesNothing);
        app.Log.Expect("The password of importer@example.com (acme) expires at 2026-11-20T00:00:00Z: change it in Five9, and store it as a new version of the secret five9-acme right afterwards.");

        foreach (var message in new[]
        {
            "null", "7", """{"eventType":"Microsoft.KeyVault.KeyExpired","subject":"five9-acme"}""", """{"eventType":"Microsoft.KeyVault.SecretNewVersionCreated","subject":"of-others"}""",
            $$$"""{"type":"Microsoft.KeyVault.SecretNearExpiry","subject":"five9-acme","specversion":"1.0","data":{"ObjectName":"five9-acme","Version":"{{{version}}}"}}""",
            """{"type":"Microsoft.KeyVault.SecretExpired","subject":"five9-acme","specversion":"1.0","data":{"ObjectName":"five9-acme","Version":"replaced"}}""",
        })
        {
            await SendAsync(app, message);
        }

        await app.WhenAsync(() => Task.FromResult(app.Log.Count("means nothing to any integration") == 2 && app.Log.Count(NamesNothing) == 2 && app.Log.Count("expires at") == 1), Token);
        await app.Host.WhenIdleAsync(Token);
        Assert.That(heard.Sums["credential.events_dropped"], Is.EqualTo(2), "null and 7 are no events");
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
        Assert.That(app.Five9.Calls, Is.Empty);
    }

    // Without waiting until nothing is under way: the messages that the slices waited for are still hidden.
    private static async Task<RunSummary> FinishedRunAsync(TestApp app, ImportRun run)
    {
        await app.WhenAsync(async () => (await app.Get<ImportRunTable>().FindAsync(run.Integration, run.Id, Token))!.Value.Value.FinishedAt is not null, Token);
        return await app.FoldAsync(run, Token);
    }

    private static async Task<ImportRun> WaitsAsync(TestApp app)
    {
        await app.ImportAsync(From, To, Token);
        app.Five9.ChangePassword(Second);
        app.Clock.Advance(Duration.FromMinutes(1));
        var run = await app.OpenAsync(From, To, Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Count(s => s.Error?.Problem == ImportProblem.CredentialRejected) == 2, Token);
        return run;
    }

    private static async Task SendAsync(TestApp app, string json)
    {
        await app.QueueOf("credential-events").SendMessageAsync(json, Token);
        app.Host.LookNow();
    }
}
