using System.Net;
using Five9Functions.LocalHost.Vault;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>What Five9 refuses at 2026-11-02T20:00:00Z, and the row that follows. The wait is stored; nothing throws.</summary>
public sealed class Five9CallFaultsTests : ImportFixture
{
    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    private static readonly ImportSlice Running = Slice("10:00-12:00", SliceState.Running) with { Step = 2, ReportId = "R1", RequestedAt = At("2026-11-02T19:50:00Z") };

    private static readonly ImportSlice Fetching = Running with { State = SliceState.Fetching, Step = 5 };

    [TestCase(0, "2026-11-02T20:00:05Z")]
    [TestCase(1, "2026-11-02T20:00:10Z")]
    [TestCase(2, "2026-11-02T20:00:20Z")]
    [TestCase(5, "2026-11-02T20:02:40Z")]
    [TestCase(6, "2026-11-02T20:05:00Z", Description = "320 seconds would be more than 5 minutes.")]
    [TestCase(99, "2026-11-02T20:05:00Z")]
    public async Task Transient_IsTriedAgain_AfterTwiceTheTime(int attempts, string due)
    {
        Bench.Five9.Faults("runReport", "Server");

        var next = await NextAsync(Requesting with { Attempts = attempts });

        Assert.That((next.State, next.Step, next.Attempts, next.DueAt), Is.EqualTo((SliceState.Requesting, 2, attempts + 1, At(due))));
        Assert.That(next.Error, Is.EqualTo(new ImportError(ImportProblem.Five9Failed, "Five9 failed at runReport at api.five9.test (Server: \"said\"). It is tried again by itself.")));
    }

    [TestCase(90, "2026-11-02T20:01:30Z", Description = "As long as the server asks for.")]
    [TestCase(3600, "2026-11-02T21:00:00Z")]
    [TestCase(2_000_000_000, "2026-11-02T21:00:00Z", Description = "But an hour at most: 63 years are no answer, and no queue hides a message for longer than a week.")]
    [TestCase(2, "2026-11-02T20:00:05Z", Description = "But never sooner than our own wait.")]
    public async Task Transient_WithRetryAfter_IsTriedAgainThen(int seconds, string due)
    {
        Bench.Five9.Fails("isReportRunning", HttpStatusCode.ServiceUnavailable, seconds);

        var next = await NextAsync(Running);

        Assert.That((next.State, next.DueAt, next.ReportId), Is.EqualTo((SliceState.Running, At(due), "R1")));
    }

    [Test]
    public async Task AnotherCallOfTheUser_IsTransient()
    {
        Bench.Five9.Faults("isReportRunning", "UserAlreadyLoggedIn");

        var next = await NextAsync(Running);

        Assert.That((next.State, next.DueAt), Is.EqualTo((SliceState.Running, At("2026-11-02T20:00:05Z"))));
    }

    [Test]
    public async Task ResultIsNotReady_IsFetchedAgain()
    {
        Bench.Five9.Faults("getReportResultCsv", "ResultIsNotReady");

        var next = await NextAsync(Fetching);

        Assert.That((next.State, next.Step, next.DueAt, next.ReportId), Is.EqualTo((SliceState.Fetching, 6, At("2026-11-02T20:00:05Z"), "R1")));
    }

    [Test]
    public async Task ResultIsNotReady_LongerThan30MinutesAfterTheRequest_Fails()
    {
        Bench.Five9.Faults("getReportResultCsv", "ResultIsNotReady");

        var next = await NextAsync(Fetching with { RequestedAt = At("2026-11-02T19:29:59Z") });

        Assert.That(
            (next.State, next.Error),
            Is.EqualTo((SliceState.Failed, new ImportError(ImportProblem.ResultNotReady, "Five9 said that the report is finished, but its result is not ready (getReportResultCsv at api.five9.test: \"said\"). The report was asked for over 30 minutes ago, so the slice is given up; the next run asks again."))));
    }

    [TestCase("2026-11-02T19:30:00Z", SliceState.Running, Description = "After 30 minutes to the second it is tried once more.")]
    [TestCase("2026-11-02T19:29:59Z", SliceState.Failed)]
    public async Task Transient_LongerThan30MinutesAfterTheRequest_Fails(string requestedAt, SliceState state)
    {
        Bench.Five9.Faults("isReportRunning", "Server");

        var next = await NextAsync(Running with { RequestedAt = At(requestedAt) });

        Assert.That((next.State, next.Error!.Problem), Is.EqualTo((state, ImportProblem.Five9Failed)));
    }

    [Test]
    public async Task Transient_AfterManyPolls_IsTriedAgainAfterTheFirstWait()
    {
        Bench.Five9.Faults("isReportRunning", "Server");

        var next = await NextAsync(Running with { Polls = 50 });

        Assert.That((next.State, next.DueAt, next.Polls, next.Attempts), Is.EqualTo((SliceState.Running, At("2026-11-02T20:00:05Z"), 50, 1)));
    }

    [Test]
    public async Task ReportGone_AtTheThirdReport_Fails()
    {
        Bench.Five9.Faults("isReportRunning", "UnknownIdentifier");

        var next = await NextAsync(Running with { ReportRuns = 3 });

        Assert.That((next.State, next.Error), Is.EqualTo((SliceState.Failed, new ImportError(ImportProblem.ReportGone, "Five9 no longer knows the id of the report (isReportRunning at api.five9.test: \"said\"). That happened 3 times, so the slice is given up; the next run asks again."))));
    }

    [Test]
    public async Task ReportGone_IsRunAgain()
    {
        Bench.Five9.Faults("getReportResultCsv", "UnknownIdentifier");

        var next = await NextAsync(Fetching);

        Assert.That(
            (next.State, next.Step, next.ReportId, next.RequestedAt, next.DueAt),
            Is.EqualTo((SliceState.Requesting, 6, "", (Instant?)null, At("2026-11-02T20:00:05Z"))));
        Assert.That(next.Error, Is.EqualTo(new ImportError(ImportProblem.ReportGone, "Five9 no longer knows the id of the report (getReportResultCsv at api.five9.test: \"said\"). The report is run again by itself.")));
    }

    [TestCase("ReportNotFound", ImportProblem.ReportNotFound, "Five9 at api.five9.test found no report \"Agent State Details\" in folder \"Agent Reports\" for importer@acme.test (runReport: \"said\"); share it with that user, or correct folder and name, which are case-sensitive and in the user's language.")]
    [TestCase("AccessDisallowed", ImportProblem.RoleMissing, "Five9 refused runReport at api.five9.test to importer@acme.test: \"said\"; give that user the roles ADMIN and REPORTING.")]
    public async Task Misconfigured_Fails(string fault, ImportProblem problem, string error)
    {
        Bench.Five9.Faults("runReport", fault);

        var next = await NextAsync(Requesting);

        Assert.That((next.State, next.FinishedAt, next.Error), Is.EqualTo((SliceState.Failed, (Instant?)At("2026-11-02T20:00:00Z"), new ImportError(problem, error))));
    }

    [Test]
    public async Task AReportWithoutANeededColumn_Fails()
    {
        Bench.Five9.Answers("getReportResultCsv", "<return>AGENT,DATE,TIME\nann,2026/11/02,02:00:00\n</return>");

        var next = await NextAsync(Fetching);

        Assert.That(next.State, Is.EqualTo(SliceState.Failed));
        Assert.That(next.Error!.Problem, Is.EqualTo(ImportProblem.ColumnMissing));
        Assert.That(next.Error.Text, Does.Contain("STATE, AGENT STATE TIME").And.Contain("AGENT, DATE, TIME"));
    }

    [Test]
    public async Task NoPassword_Fails_WithoutACall()
    {
        await Bench.Vault.Secrets.DeleteAsync("five9-acme", CancellationToken.None);

        var next = await NextAsync(Requesting);

        Assert.That(
            (next.State, next.Error),
            Is.EqualTo((SliceState.Failed, new ImportError(ImportProblem.SecretMissing, $"The secret five9-acme is not in the key vault {Bench.Vault.Uri.Host}: put it in as docs/credentials.md shows."))));
        Assert.That(Bench.Five9.Calls, Is.Empty);
    }

    [Test]
    public async Task AVaultThatDoesNotAnswer_MakesTheSliceWait_WithoutACall()
    {
        Bench.Vault.Answer = VaultAnswer.Throttled(90);

        var next = await NextAsync(Requesting);

        Assert.That(
            (next.State, next.DueAt, next.Error),
            Is.EqualTo((SliceState.Requesting, At("2026-11-02T20:01:30Z"), new ImportError(
                ImportProblem.VaultUnavailable, $"The key vault {Bench.Vault.Uri.Host} did not hand out the secret five9-acme (HTTP 429). It is tried again by itself."))));
        Assert.That(Bench.Five9.Calls, Is.Empty);
    }

    [Test]
    public async Task ALeaseLostDuringTheCall_CancelsIt_AndTheStepIsDoneAgain()
    {
        var users = Get<Five9UserTable>();
        var called = Bench.Five9.Hangs("runReport");
        var calling = NextAsync(Requesting);
        await called;

        await users.UpdateAsync(Five9UserTable.KeyOf(Acme), user => user with { LeaseOwner = "another" }, CancellationToken.None);
        Bench.Time.Advance(TimeSpan.FromSeconds(20));

        var next = await calling;
        Assert.That(
            (next.State, next.DueAt, next.Error),
            Is.EqualTo((SliceState.Requesting, At("2026-11-02T20:00:25Z"), new ImportError(ImportProblem.TurnLost, "The lease on the Five9 user importer@acme.test was lost during the call, so it was broken off. It is tried again by itself."))));
    }
}
