using System.Net;
using Five9Functions.Imports;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.Imports;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Credentials;

/// <summary>Which version of a secret may be logged in with at 2026-11-02T20:00:00Z. Five9 is scripted: a call that nobody planned fails the test.</summary>
public sealed class CredentialGuardTests : ImportFixture
{
    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    private protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Five9:CallTimeout"] = "00:00:30" };

    private int Asked => Bench.Vault.Requests.GetValueOrDefault("get five9-acme");

    [Test]
    public async Task ANewVersion_IsMarkedBeforeTheCall_AndInForceAfterIt()
    {
        var called = Bench.Five9.Hangs("runReport");
        var calling = NextAsync(Requesting);
        await called;

        Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.Trying, 1)));
        Bench.Time.Advance(TimeSpan.FromSeconds(30)); // the call's time-out
        await calling;

        Bench.Time.Advance(TimeSpan.FromMinutes(15));
        Bench.Five9.Answers("runReport", "<return>R1</return>");
        await NextAsync(Requesting);
        Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.InForce)));
    }

    [Test]
    public async Task AVersionInForce_CostsNoWriteAndNoRequest()
    {
        await Bench.ProveAsync(Acme);
        Bench.Five9.Answers("runReport", "<return>R1</return>");
        Bench.Five9.Answers("runReport", "<return>R2</return>");
        await NextAsync(Requesting);
        var writes = Bench.Tables.Writes;

        await NextAsync(Requesting);

        Assert.That((Bench.Tables.Writes - writes, Asked), Is.EqualTo((2, 1)), "the lease and its end; one reading for both");
    }

    // A login that was not answered may have been a bad one: the third is the last.
    [Test]
    public async Task LoginsWithoutAnAnswer_AreTriedThreeTimesInAll_ThenThePasswordCountsAsRejected()
    {
        foreach (var (at, tries, again) in new[] { ("20:00:00", 1, "20:15:30"), ("20:15:30", 2, "20:46:00"), ("20:46:00", 3, "21:31:30") })
        {
            Bench.Time.SetUtcNow(At($"2026-11-02T{at}Z").ToDateTimeOffset());
            await HangAsync();
            Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.Trying, tries, At($"2026-11-02T{again}Z"))));

            Bench.Time.SetUtcNow(At($"2026-11-02T{again}Z").ToDateTimeOffset().AddSeconds(-1));
            var waits = await NextAsync(Requesting);
            Assert.That(waits.Error, Is.EqualTo(new ImportError(
                ImportProblem.CredentialUnproven,
                $"Nobody knows whether Five9 takes the password in the secret five9-acme: it gave no answer that tells to {tries} of at most 3 logins of importer@acme.test. The next one is at 2026-11-02T{again}Z, because it may be a bad one. It is tried again by itself.")));
        }

        Bench.Time.SetUtcNow(At("2026-11-02T23:00:00Z").ToDateTimeOffset());
        var given = await NextAsync(Requesting);

        const string Reason = "3 logins of importer@acme.test with the password in the secret five9-acme ended without an answer that tells whether Five9 takes it; each may have been a bad one, so it counts as rejected.";
        Assert.That((given.State, given.Error!.Problem), Is.EqualTo((SliceState.Requesting, ImportProblem.CredentialRejected)));
        Assert.That(given.Error.Text, Does.StartWith(Reason));
        Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.Rejected, Reason: Reason)));
        Assert.That(Bench.Five9.Calls, Is.EqualTo(new[] { "runReport", "runReport", "runReport" }));
        Assert.That(Bench.Log.TakeWarnings(), Has.Exactly(1).Contains(Reason));

        Bench.Five9.Answers("runReport", "<return>R1</return>");
        await Bench.SetPasswordAsync("secret 2");
        Bench.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await NextAsync(Requesting)).State, Is.EqualTo(SliceState.Running));
    }

    [Test]
    public async Task WhileALoginIsPutOff_AnotherVersionIsTriedAtOnce()
    {
        await HangAsync();
        var second = await Bench.SetPasswordAsync("secret 2");
        Bench.Five9.Answers("runReport", "<return>R1</return>");

        Assert.That((await NextAsync(Requesting)).State, Is.EqualTo(SliceState.Running));
        Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(second, VersionState.InForce)));
    }

    // Nothing of this says anything about the password, or was even sent; so it is not counted, or a night in which Five9 is down would end in a rejection.
    [Test]
    public async Task AnswersThatAreNoRejection_AreTriedAgainWithoutEnd()
    {
        for (var i = 0; i < 3; i++)
        {
            Bench.Five9.Fails("runReport", HttpStatusCode.ServiceUnavailable);
            Bench.Five9.Faults("runReport", "Server");
            Bench.Five9.Faults("runReport", "ReportNotFound");
            Bench.Five9.Breaks("runReport", new HttpRequestException(HttpRequestError.ConnectionError));
            for (var call = 0; call < 4; call++)
            {
                await NextAsync(Requesting);
                Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.Trying, 0)));
            }
        }
    }

    [TestCase("nothing")]
    [TestCase("unreadable")]
    [TestCase("unknown words")]
    [TestCase("hung up")]
    public async Task AnswersThatMayBeARejection_CountAsOne(string answer)
    {
        switch (answer)
        {
            case "nothing":
                await HangAsync();
                break;
            case "unreadable":
                Bench.Five9.Fails("runReport", HttpStatusCode.OK);
                await NextAsync(Requesting);
                break;
            case "unknown words":
                Bench.Five9.Faults("runReport", "Unheard");
                await NextAsync(Requesting);
                break;
            case "hung up":
                Bench.Five9.Breaks("runReport", new HttpRequestException(HttpRequestError.ResponseEnded));
                await NextAsync(Requesting);
                break;
        }

        Assert.That((await MarkAsync())!.Tries, Is.EqualTo(1));
        Bench.Time.Advance(TimeSpan.FromMinutes(10));
        Assert.That((await NextAsync(Requesting)).Error!.Problem, Is.EqualTo(ImportProblem.CredentialUnproven));
    }

    [Test]
    public async Task APasswordThatFive9Took_IsTriedAgainWithoutEnd_WhenAnAnswerStaysOut()
    {
        await Bench.ProveAsync(Acme);
        for (var i = 0; i < 5; i++)
        {
            await HangAsync();
            Assert.That(await MarkAsync(), Is.EqualTo(new VersionMark(Bench.FirstVersion, VersionState.InForce)));
        }
    }

    [Test]
    public async Task APasswordThatTurnsWrongWhileItIsInForce_IsOneBadLogin()
    {
        await Bench.ProveAsync(Acme);
        Bench.Five9.Fails("runReport", HttpStatusCode.Unauthorized);

        await NextAsync(Requesting);
        Bench.Time.Advance(TimeSpan.FromHours(1));
        await NextAsync(Requesting);

        Assert.That((await MarkAsync())!.State, Is.EqualTo(VersionState.Rejected));
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(1));
    }

    // Another instance has gone on to a version that this one does not have in its memory yet.
    [Test]
    public async Task AVersionThatAnotherInstanceHasReplaced_IsDropped_AndTheSecretReadAtOnce()
    {
        await Bench.ProveAsync(Acme);
        Bench.Five9.Answers("runReport", "<return>R1</return>");
        await NextAsync(Requesting);
        var second = await Bench.SetPasswordAsync("secret 2");
        await SetMarkAsync(new VersionMark(second, VersionState.InForce));
        Bench.Five9.Answers("runReport", "<return>R2</return>");

        Assert.That((await NextAsync(Requesting)).ReportId, Is.EqualTo("R2"));
        Assert.That((Bench.Five9.Authorization, Asked), Is.EqualTo(("Basic aW1wb3J0ZXJAYWNtZS50ZXN0OnNlY3JldCAy", 2)), "importer@acme.test:secret 2");
    }

    [TestCase(VersionState.InForce)]
    [TestCase(VersionState.Trying)]
    [TestCase(VersionState.Rejected)]
    public async Task AVersionThatAnotherInstanceHasReplaced_DoesNotServeWhileTheVaultIsDown(VersionState state)
    {
        await Bench.ProveAsync(Acme);
        Bench.Five9.Answers("runReport", "<return>R1</return>");
        await NextAsync(Requesting);
        await SetMarkAsync(new VersionMark("a newer one", state));
        Bench.Vault.Answer = VaultAnswer.Unavailable;

        var waits = await NextAsync(Requesting);

        Assert.That((waits.State, waits.Error!.Problem), Is.EqualTo((SliceState.Requesting, ImportProblem.VaultUnavailable)));
        await NextAsync(Requesting);
        Assert.That(Asked, Is.EqualTo(2), "the vault is left in peace");
        Assert.That(Bench.Log.TakeWarnings(), Is.All.Contains("goes on serving"));
    }

    [Test]
    public async Task TheSamePasswordInAnotherSecretOfTheUser_IsNotTried()
    {
        var other = Acme with { Id = "other", SecretName = "five9-other" };
        var copy = await Bench.Vault.PutAsync("five9-other", Acme.UserName, "secret 1");
        Bench.Five9.Fails("runReport", HttpStatusCode.Unauthorized);
        await NextAsync(Requesting);

        var waits = await NextAsync(Requesting with { Integration = "other" }, other);

        const string Reason = "The secret five9-other holds the same password as the secret five9-acme, and Five9 rejected that one for importer@acme.test.";
        Assert.That(waits.Error!.Text, Does.StartWith(Reason));
        Assert.That((await Bench.UserAsync()).MarkOf("five9-other"), Is.EqualTo(new VersionMark(copy, VersionState.Rejected, Reason: Reason)));
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(2));

        Bench.Five9.Answers("runReport", "<return>R1</return>");
        await Bench.Vault.PutAsync("five9-other", Acme.UserName, "secret 2");
        Assert.That((await NextAsync(Requesting with { Integration = "other" }, other)).State, Is.EqualTo(SliceState.Running));
        Assert.That((await NextAsync(Requesting)).Error!.Problem, Is.EqualTo(ImportProblem.CredentialRejected));
    }

    [Test]
    public async Task AMarkThatChangedSinceTheTurnBegan_EndsTheTurn()
    {
        var users = Get<Five9UserTable>();
        await using var lease = await users.TryLeaseAsync(await users.EnsureAsync(Acme, CancellationToken.None), CancellationToken.None);
        await SetMarkAsync(new VersionMark(Bench.FirstVersion, VersionState.Rejected, Reason: "An instance that had lost its turn wrote it late."));

        var next = await Get<SliceStepRunner>().NextAsync(Acme, Requesting, lease!, CancellationToken.None);

        Assert.That((next.State, next.Error!.Problem), Is.EqualTo((SliceState.Requesting, ImportProblem.TurnLost)));
        Assert.That(Bench.Five9.Calls, Is.Empty);
    }

    /// <summary>A call that Five9 does not answer until its time-out of 30 seconds.</summary>
    private async Task HangAsync()
    {
        var called = Bench.Five9.Hangs("runReport");
        var calling = NextAsync(Requesting);
        await called;
        Bench.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That((await calling).Error!.Problem, Is.EqualTo(ImportProblem.CallTimedOut));
    }

    private async Task<VersionMark?> MarkAsync() => (await Bench.UserAsync()).MarkOf("five9-acme");

    private async Task SetMarkAsync(VersionMark mark) => await Get<Five9UserTable>().UpdateAsync(
        Five9UserTable.KeyOf(Acme), user => user with { Versions = new Dictionary<string, VersionMark> { ["five9-acme"] = mark } }, CancellationToken.None);
}
