using System.Text.Json;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.EndToEnd.Kills;
using Five9Functions.Users;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Five9 locks a user after a few bad logins: the simulator counts them, and the vault stand-in counts what it is asked.</summary>
[CancelAfter(240_000)]
public sealed class LockOutTests : EndToEndTest
{
    private const string Wrong = "Gr3enW4llet!Wrong";
    private const string Right = "Gr3enW4llet!Right";
    private const string Shared = "five9-shared";
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";

    private static readonly Duration MaxLease = Duration.FromMinutes(1);
    private static readonly Duration VaultPause = Duration.FromSeconds(30);

    private static StateRows Rows => new(
        new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"),
        new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z"));

    /// <param name="inForce">Whether Five9 took the password before, and it was changed there since.</param>
    [TestCase(false)]
    [TestCase(true)]
    public async Task AWrongPassword_200Jobs_FourWorkers_TwoIntegrationsOfOneUser_IsOneBadLogin_AndARightOneIsTakenUp(bool inForce)
    {
        const int Workers = 4, Jobs = 200, AtOnce = 3; // host.json: a worker takes more messages while it works on two or fewer
        var app = await StartAsync(Setup with
        {
            Integrations = ["acme", "other"],
            Settings = new Dictionary<string, string?> { ["Integrations:acme:SecretName"] = Shared, ["Integrations:other:SecretName"] = Shared },
        });
        app.Log.Expect("Five9 rejected the credential of importer@example.com");
        var wrong = await app.Vault.PutAsync(Shared, TestSetup.UserName, Wrong);
        var users = app.Get<Five9UserTable>();
        var key = await users.EnsureAsync((await app.Get<IntegrationTable>().FindAsync("acme", Token))!, Token);
        if (inForce)
        {
            await users.UpdateAsync(key, user => user.WithAccepted(Shared, wrong), Token);
        }

        for (var i = 1; i < Workers; i++)
        {
            await app.StartAnotherInstanceAsync(Token);
        }

        // Nobody gets the user's turn until all are there.
        var token = Token;
        var (all, gate, arrived) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        app.Traffic.Before = request =>
        {
            if (UserRow.Of(request) is not { Held: true })
            {
                return Task.CompletedTask;
            }

            if (Interlocked.Increment(ref arrived) == Workers * AtOnce)
            {
                all.SetResult();
            }

            return gate.Task.WaitAsync(token);
        };
        var acme = await app.OpenAsync(From, To, Token);
        var other = await app.OpenAsync(From, To, Token, integration: "other");
        await app.WhenAsync(() => Task.FromResult(new[] { "acme", "other" }.All(id => Steps(app).Any(s => s.Json.Contains($"\"{id}\"", StringComparison.Ordinal)))), Token);
        var steps = Steps(app);
        for (var i = steps.Length; i < Jobs; i++)
        {
            await app.SendAsync(steps[i % steps.Length], Token);
        }

        await all.Task.WaitAsync(Token);
        gate.SetResult();
        await app.WhenAsync(async () => new[] { await SlicesAsync(acme), await SlicesAsync(other) }.All(s => s.Any(Rejected) && s.All(slice => slice.State == SliceState.Planned || Rejected(slice))), Token);

        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 1) }));
        Assert.That(app.Vault.Requests[$"get {Shared}"], Is.InRange(1, 2 * Workers), "once for each worker, and once more to see whether it was replaced");
        var fold = await app.FoldAsync(acme, Token);
        Assert.That((fold.Status, fold.Warnings.Select(w => w.Concern)), Is.EqualTo((RunStatus.Running, new[] { SliceConcern.CredentialRejected })));

        var right = await app.Vault.PutAsync(Shared, TestSetup.UserName, Right);
        app.Clock.Advance(VaultPause);
        var done = new[] { await app.FinishedAsync(acme, Token), await app.FinishedAsync(other, Token) };

        Assert.That(done.Select(r => (r.Status, r.Slices, r.Landed, r.Warnings.Count)), Is.All.EqualTo((RunStatus.Succeeded, 2, 2, 0)));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        Assert.That(app.Five9.Calls, Is.EquivalentTo(new KeyValuePair<string, int>[] { new("runReport", 5), new("isReportRunning", 4), new("getReportResultCsv", 4) }));
        Assert.That(app.Vault.Requests[$"get {Shared}"], Is.InRange(2, 4 * Workers));
        Assert.That((await users.GetAsync(key, Token)).Value.MarkOf(Shared), Is.EqualTo(new VersionMark(right, VersionState.InForce)));
        Assert.That(app.Log.Count("Five9 rejected the credential"), Is.EqualTo(1));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);

        Task<IReadOnlyList<ImportSlice>> SlicesAsync(ImportRun run) => app.SlicesAsync(run, Token);
    }

    [Test]
    public async Task TwoSecretsOfOneUser_OneWrong_AreOneBadLogin_AndTheRightOneGoesOn()
    {
        var app = await StartAsync(Setup with { Integrations = ["acme", "other"] });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (other)");
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        await app.Vault.PutAsync("five9-other", TestSetup.UserName, Wrong);
        await app.StartAnotherInstanceAsync(Token);

        var other = await app.OpenAsync(From, To, Token, integration: "other");
        var acme = await FinishedRunAsync(app, await app.OpenAsync(From, To, Token));
        await app.WhenAsync(async () => (await app.SlicesAsync(other, Token)).Count(Rejected) == 2, Token);

        Assert.That((acme.Status, acme.Landed), Is.EqualTo((RunStatus.Succeeded, 2)));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
        await app.Vault.PutAsync("five9-other", TestSetup.UserName, Right);
        app.Clock.Advance(VaultPause);
        Assert.That((await app.FinishedAsync(other, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(1));
    }

    // Nobody can know what Five9 answered to the dead. Each kill is a bad login more, and three are the most that there will ever be.
    [TestCase(1, 2)]
    [TestCase(3, 3)]
    public async Task AnInstanceKilledBeforeItLearnsOfTheRejection_LeavesATrace(int kills, int badLogins)
    {
        var app = await StartAsync(Setup with { Settings = new Dictionary<string, string?> { ["Imports:UserBusy"] = "00:00:01" } });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Wrong);
        var left = kills;
        app.KillAt = (request, moment) => request.Call == "runReport" && moment == Moment.After && Interlocked.Decrement(ref left) >= 0;

        var run = await app.OpenAsync(From, To, Token);
        for (var i = 0; i < kills; i++)
        {
            await app.Killed.WaitAsync(Token);
            app.Clock.Advance(MaxLease);
            await app.ReviveAsync(Token);
        }

        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Count(Rejected) == 2, Token);
        Assert.That(app.Five9.BadLogins, Is.EqualTo(badLogins));

        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        app.Clock.Advance(VaultPause);
        Assert.That((await app.FinishedAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Five9.BadLogins, Is.EqualTo(badLogins));
    }

    [Test]
    public async Task AnInstanceKilledWhileItTriesARightPassword_DelaysItByItsLease()
    {
        var app = await StartAsync(Setup with { Settings = new Dictionary<string, string?> { ["Imports:UserBusy"] = "00:00:01" } });
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right);
        app.KillAt = KillStep.After("runReport | its answer", r => r.Call == "runReport").Once();

        var run = await app.OpenAsync(From, To, Token);
        await app.Killed.WaitAsync(Token);
        app.Clock.Advance(MaxLease);
        await app.ReviveAsync(Token);

        Assert.That((await app.FinishedAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(app.Five9.BadLogins, Is.Zero);
    }

    [Test]
    public async Task ASecretThatChangesWhileACallIsUnderWay_IsTakenUpAfterwards()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Wrong);
        var calls = 0;
        app.KillAt = (request, moment) =>
        {
            if (request.Call == "runReport" && moment == Moment.Before && Interlocked.Increment(ref calls) == 1)
            {
                app.Vault.PutAsync("five9-acme", TestSetup.UserName, Right).GetAwaiter().GetResult(); // it is in memory
            }

            return false;
        };

        var fold = await app.FinishedAsync(await app.OpenAsync(From, To, Token), Token);

        Assert.That((fold.Status, app.Five9.BadLogins), Is.EqualTo((RunStatus.Succeeded, 1)));
        Assert.That(app.Vault.Requests["get five9-acme"], Is.EqualTo(3), "at first; because that one was rejected; and to be sure that no other is newer");
    }

    [Test]
    public async Task ARejection_IsWrittenBeforeTheTurnIsGivenBack_AndTheTryBeforeTheCall()
    {
        var app = await StartAsync(Setup);
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        await app.Vault.PutAsync("five9-acme", TestSetup.UserName, Wrong);
        var seen = new List<string>();
        app.KillAt = (request, moment) =>
        {
            if (request.Call is { } call && moment == Moment.Before)
            {
                Add(call);
            }

            return false;
        };
        app.Traffic.Before = request =>
        {
            if (UserRow.Of(request) is { } row)
            {
                Add($"{(row.Held ? "held" : "free")} {row.State}");
            }

            return Task.CompletedTask;
        };

        var run = await app.OpenAsync("2026-11-03T08:00:00Z", To, Token);
        await app.WhenAsync(async () => (await app.SlicesAsync(run, Token)).Count(Rejected) == 1, Token);

        lock (seen)
        {
            Assert.That(seen.SkipWhile(s => s.StartsWith("free", StringComparison.Ordinal)).Take(5), Is.EqualTo(new[] { "held ", "held Trying", "runReport", "held Rejected", "free Rejected" }));
        }

        void Add(string what)
        {
            lock (seen)
            {
                seen.Add(what);
            }
        }
    }

    // Without waiting until nothing is under way: the other integration waits on.
    private static async Task<RunSummary> FinishedRunAsync(TestApp app, ImportRun run)
    {
        await app.WhenAsync(async () => (await app.Get<ImportRunTable>().FindAsync(run.Integration, run.Id, Token))!.Value.Value.FinishedAt is not null, Token);
        return await app.FoldAsync(run, Token);
    }

    private static TestSetup Setup => new() { Now = "2026-11-04T12:00:00Z", Rows = Rows, Password = Right };

    // At least once looked at again.
    private static bool Rejected(ImportSlice slice) => slice is { State: SliceState.Requesting, Step: >= 3, Error.Problem: ImportProblem.CredentialRejected };

    private static SentMessage[] Steps(TestApp app) => [.. app.Traffic.Messages.Where(m => m.Queue == StorageLayout.AgentStateReports)];

    /// <summary>A row of Five9UserTable as it is written.</summary>
    /// <param name="State">Of the first secret that it has a mark of.</param>
    private sealed record UserRow(bool Held, string State)
    {
        public static UserRow? Of(StorageRequest request)
        {
            if (request is not { Method: "PUT", Entities: [{ Table: "Five9Users" }] })
            {
                return null;
            }

            using var row = JsonDocument.Parse(request.Body);
            using var versions = JsonDocument.Parse(row.RootElement.GetProperty("CredentialVersions").GetString()!);
            return new UserRow(
                row.RootElement.GetProperty("LeaseOwner").GetString()!.Length > 0,
                versions.RootElement.EnumerateObject().Select(v => v.Value.GetProperty(nameof(VersionMark.State)).GetString()!).FirstOrDefault(""));
        }
    }
}
