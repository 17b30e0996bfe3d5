using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Tests.LocalHost.Simulator;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;
using static Five9Functions.Tests.Imports.WireFaults;

namespace Five9Functions.Tests.Imports;

/// <summary>
/// What Five9 refuses to a slice, over the network: what the slice then says, how often Five9 is called, that a rejected password is sent once,
/// and that nothing is lost once it is over. Every slice starts at 20:00:00.
/// </summary>
public sealed class Five9RefusalTests : NetworkFixture
{
    private const string Undisturbed = "1 runReport, 1 isReportRunning, 1 getReportResultCsv";
    private const string RunTwice = "2 runReport, 1 isReportRunning, 1 getReportResultCsv";
    private const string AskedTwice = "1 runReport, 2 isReportRunning, 1 getReportResultCsv";
    private const string ReadTwice = "1 runReport, 1 isReportRunning, 2 getReportResultCsv";

    [Test]
    public async Task AnotherSessionOfTheSameUser()
    {
        Wire.Next("isReportRunning", Fault("UserAlreadyLoggedIn", "Concurrent request"));

        await WaitsAndIsDoneAsync(
            SliceState.Running, ImportProblem.UserBusy, "2026-11-02T20:00:05Z",
            "Five9 refused isReportRunning at 127.0.0.1 because another call or session of importer@acme.test is under way (UserAlreadyLoggedIn: \"Concurrent request\"). "
            + "Give the importer a Five9 user that nothing and nobody else uses. It is tried again by itself.",
            AskedTwice);
    }

    // The login

    [Test]
    public async Task AWrongPassword_IsSentOnce()
    {
        await Bench.SetPasswordAsync("Spring!26");

        await RejectedAsync("runReport: \"Invalid login or password\"");
        await HoursPassAsync();
        Assert.That(Wire.Logins, Is.EqualTo(new Dictionary<string, int> { ["importer@acme.test:Spring!26"] = 1 }));

        await Bench.SetPasswordAsync(Password);
        await IsDoneAsync(RunTwice);
        Assert.That(Wire.Logins, Is.EqualTo(new Dictionary<string, int> { ["importer@acme.test:Spring!26"] = 1, ["importer@acme.test:secret 1"] = 3 }));
    }

    [Test]
    public async Task ALockedAccount_IsNotCalledUntilAPersonSaysThatItIsUnlocked()
    {
        Wire.Next("runReport", Fault("InvalidAccount", "The account is locked", status: 200));

        await RejectedAsync("runReport: \"The account is locked\"");
        await HoursPassAsync();
        Assert.That(Wire.Calls, Is.EqualTo("1 runReport"));

        await Bench.Get<Five9UserTable>().UpdateAsync(Five9UserTable.KeyOf(Integration), user => user with { Versions = new Dictionary<string, VersionMark>() }, CancellationToken.None);
        await IsDoneAsync(RunTwice);
    }

    [Test]
    public async Task AHostOfAnotherRegion_IsNotCalledAgain_AndTheRightOneIs()
    {
        Wire.Next("runReport", Http(401, "<html>Unauthorized</html>", "text/html"));

        await RejectedAsync("runReport: HTTP 401, text/html, no SOAP envelope");
        await HoursPassAsync();

        await using var right = new Five9Wire(Simulator.BaseAddress);
        await Bench.AllowAsync(right.Address);
        await Bench.SeedAsync(Integration with { Host = right.Address });
        await IsDoneAsync("1 runReport");
        Assert.That(right.Calls, Is.EqualTo(Undisturbed));
    }

    [Test]
    public async Task APasswordThatIsRejectedInTheMiddle_IsNotSentAgain()
    {
        Wire.Next("getReportResultCsv", Fault("InvalidAccount", "Your password has expired"));

        const string Reason = "Five9 at 127.0.0.1 says that the password of importer@acme.test has expired (getReportResultCsv: \"Your password has expired\"): change it in Five9, and store the new one as a new version of the secret.";
        var waits = await StoppedAsync();
        Assert.That((waits.State, waits.Error, waits.DueAt), Is.EqualTo((
            SliceState.Fetching,
            new ImportError(ImportProblem.PasswordExpired, $"{Reason} Nothing is called with this password again; with a new version in the secret five9-acme the slice goes on by itself."),
            At("2026-11-02T20:05:00Z"))));
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(1).And.All.Contains(Reason));
        await HoursPassAsync();

        Assert.That(Wire.Calls, Is.EqualTo(Undisturbed));
    }

    [Test]
    public async Task NoPassword_IsNoCall()
    {
        await Bench.Vault.Secrets.DeleteAsync("five9-acme", CancellationToken.None);

        await FailsAsync(ImportProblem.SecretMissing, $"The secret five9-acme is not in the key vault {Bench.Vault.Uri.Host}: put it in as docs/credentials.md shows.", "");
    }

    // Quotas

    [Test]
    public async Task TheQuotaOfTheMinute()
    {
        await UseAsync(16);

        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.QuotaUsedUp, "2026-11-02T20:01:00Z",
            "Five9's quota for runReport at 127.0.0.1 is used up (16 ReportRequest: \"Limit of 16 ReportRequest operations in 60 seconds exceeded\"). "
            + "All 16 calls of the minute are used; it is tried again at 2026-11-02T20:01:00Z.",
            "2 runReport, 1 getCallCountersState, 1 isReportRunning, 1 getReportResultCsv");
    }

    [Test]
    public async Task TheQuotaOfTheHour()
    {
        for (var minute = 0; minute < 8; minute++)
        {
            await UseAsync(15);
            Bench.Time.Advance(TimeSpan.FromMinutes(1));
        }

        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.QuotaUsedUp, "2026-11-02T21:00:00Z",
            "Five9's quota for runReport at 127.0.0.1 is used up (120 ReportRequest: \"Limit of 120 ReportRequest operations in 3600 seconds exceeded\"). "
            + "All 120 calls of the hour are used; it is tried again at 2026-11-02T21:00:00Z.",
            "2 runReport, 1 getCallCountersState, 1 isReportRunning, 1 getReportResultCsv");
    }

    [Test]
    public async Task TheQuotaOfTheDay_IsLookedAtEveryHour()
    {
        Wire.Next("runReport", Fault("OperationsLimitExceeded", "Limit exceeded", "<limit>800</limit><operationType>ReportRequest</operationType>"), times: 3);
        Wire.Next("getCallCountersState", Counters((60, 0, 16), (3600, 0, 120), (86400, 800, 800)), times: 3);

        var waits = await StoppedAsync();
        Assert.That((waits.Error!.Text, waits.DueAt), Is.EqualTo((
            "Five9's quota for runReport at 127.0.0.1 is used up (800 ReportRequest: \"Limit exceeded\"). All 800 calls of the day are used; "
            + "Five9 does not say when its day ends, so it is tried again every hour, next at 2026-11-02T21:00:00Z.",
            At("2026-11-02T21:00:00Z"))));
        Assert.That((await StepAsync(s => s.DueAt > waits.DueAt)).DueAt, Is.EqualTo(At("2026-11-02T22:00:00Z")));
        await IsDoneAsync("4 runReport, 3 getCallCountersState, 1 isReportRunning, 1 getReportResultCsv");
        Assert.That((await Bench.SliceAsync(Slice("10:00-12:00"))).RequestedAt, Is.EqualTo(At("2026-11-02T23:00:00Z")));
    }

    [Test]
    public async Task AQuotaWhoseCountersCannotBeRead_IsTriedLessAndLessOften()
    {
        Wire.Next("runReport", Fault("OperationsLimitExceeded", "Limit exceeded"), times: 7);
        Wire.Next("getCallCountersState", Http(500, ""), times: 7);

        var waits = await StoppedAsync();
        Assert.That((waits.Error!.Text, waits.DueAt), Is.EqualTo((
            "Five9's quota for runReport at 127.0.0.1 is used up (\"Limit exceeded\"). Whether that is for the minute, the hour or the day could not be read; it is tried again at 2026-11-02T20:01:00Z.",
            At("2026-11-02T20:01:00Z"))));
        Assert.That((await StepAsync(s => s.Attempts == 7)).DueAt, Is.EqualTo(At("2026-11-02T20:15:00Z")), "a minute four times, then three and then six");
        await IsDoneAsync("8 runReport, 7 getCallCountersState, 1 isReportRunning, 1 getReportResultCsv");
    }

    [Test]
    public async Task TheQuotaOfDownloads_LetsTheReportWait()
    {
        Wire.Next("getReportResultCsv", Fault("OperationsLimitExceeded", "Limit exceeded", "<limit>200</limit><operationType>RetrieveReport</operationType>"));
        Wire.Next("getCallCountersState", Answer("getCallCountersState", "<return><callCounterStates><limit>200</limit><operationType>RetrieveReport</operationType><value>200</value></callCounterStates><timeout>3600</timeout></return>"));

        await WaitsAndIsDoneAsync(
            SliceState.Fetching, ImportProblem.QuotaUsedUp, "2026-11-02T21:00:00Z",
            "Five9's quota for getReportResultCsv at 127.0.0.1 is used up (200 RetrieveReport: \"Limit exceeded\"). All 200 calls of the hour are used; it is tried again at 2026-11-02T21:00:00Z.",
            "1 runReport, 1 isReportRunning, 2 getReportResultCsv, 1 getCallCountersState");
    }

    // Reports

    [Test]
    public async Task AFolderThatFive9DoesNotKnow()
    {
        await Bench.SeedAsync(Integration with { AgentStateFolder = "agent reports" });

        await FailsAsync(
            ImportProblem.ReportNotFound,
            "Five9 at 127.0.0.1 found no report \"Agent State Details\" in folder \"agent reports\" for importer@acme.test (runReport: \"Report \"Agent State Details\" is not found in folder \"agent reports\"\"); "
            + "share it with that user, or correct folder and name, which are case-sensitive and in the user's language.",
            "1 runReport");
    }

    [Test]
    public async Task AReportThatFive9DoesNotKnow()
    {
        await Bench.SeedAsync(Integration with { AgentStateReport = "Agentenstatus" });

        await FailsAsync(
            ImportProblem.ReportNotFound,
            "Five9 at 127.0.0.1 found no report \"Agentenstatus\" in folder \"Agent Reports\" for importer@acme.test (runReport: \"Report \"Agentenstatus\" is not found in folder \"Agent Reports\"\"); "
            + "share it with that user, or correct folder and name, which are case-sensitive and in the user's language.",
            "1 runReport");
    }

    [Test]
    public async Task AMissingRole()
    {
        Wire.Next("runReport", Fault("AccessDisallowed", "Access denied"));

        await FailsAsync(ImportProblem.RoleMissing, "Five9 refused runReport at 127.0.0.1 to importer@acme.test: \"Access denied\"; give that user the roles ADMIN and REPORTING.", "1 runReport");
    }

    [Test]
    public async Task AnAddressThatMayNotCall()
    {
        Wire.Next("runReport", Http(403, "<html>Forbidden</html>", "text/html"));

        await FailsAsync(
            ImportProblem.RoleMissing,
            "Five9 at 127.0.0.1 answered runReport with HTTP 403 (text/html, no SOAP envelope). Give importer@acme.test the roles ADMIN and REPORTING, and see whether this address may call Five9.",
            "1 runReport");
    }

    [Test]
    public async Task AResultThatIsNotReady_ThoughTheReportNoLongerRuns()
    {
        Wire.Next("getReportResultCsv", Fault("ResultIsNotReady", "Result is not ready"));

        await WaitsAndIsDoneAsync(
            SliceState.Fetching, ImportProblem.ResultNotReady, "2026-11-02T20:00:05Z",
            "Five9 said that the report is finished, but its result is not ready (getReportResultCsv at 127.0.0.1: \"Result is not ready\"). It is tried again by itself.", ReadTwice);
    }

    [Test]
    public async Task AResultThatIsNeverReady()
    {
        Wire.Next("getReportResultCsv", Fault("ResultIsNotReady", "Result is not ready"), times: 100);

        await FailsAsync(
            ImportProblem.ResultNotReady,
            "Five9 said that the report is finished, but its result is not ready (getReportResultCsv at 127.0.0.1: \"Result is not ready\"). "
            + "The report was asked for over 30 minutes ago, so the slice is given up; the next run asks again.",
            "1 runReport, 1 isReportRunning, 12 getReportResultCsv");
    }

    [Test]
    public async Task AReportThatNeverFinishes()
    {
        Wire.Next("isReportRunning", Answer("isReportRunning", "<return>true</return>"), times: 100);

        await FailsAsync(
            ImportProblem.ReportTimedOut, "Five9 still runs the report over 30 minutes after it was asked for, so the slice is given up; the next run asks again.", "1 runReport, 64 isReportRunning");
    }

    [TestCase("isReportRunning", "2 runReport, 2 isReportRunning, 1 getReportResultCsv", SliceState.Running)]
    [TestCase("getReportResultCsv", "2 runReport, 2 isReportRunning, 2 getReportResultCsv", SliceState.Fetching)]
    public async Task AnIdThatIsGone_IsReplaced(string operation, string calls, SliceState at)
    {
        Wire.Next(operation, Fault("UnknownIdentifier", "Unknown identifier"));

        Assert.That((await StepAsync(s => s.State == at)).ReportRuns, Is.EqualTo(1));
        await WaitsAndIsDoneAsync(
            SliceState.Requesting, ImportProblem.ReportGone, "2026-11-02T20:00:05Z",
            $"Five9 no longer knows the id of the report ({operation} at 127.0.0.1: \"Unknown identifier\"). The report is run again by itself.", calls);
    }

    [Test]
    public async Task AnIdThatIsGoneThreeTimes()
    {
        Wire.Next("isReportRunning", Fault("UnknownIdentifier", "Unknown identifier"), times: 3);

        await FailsAsync(
            ImportProblem.ReportGone,
            "Five9 no longer knows the id of the report (isReportRunning at 127.0.0.1: \"Unknown identifier\"). That happened 3 times, so the slice is given up; the next run asks again.",
            "3 runReport, 3 isReportRunning");
    }

    private static WireFault Counters(params (int Seconds, int Used, int Limit)[] counters) => Answer("getCallCountersState", string.Concat(counters.Select(c =>
        $"<return><callCounterStates><limit>{c.Limit}</limit><operationType>ReportRequest</operationType><value>{c.Used}</value></callCounterStates><timeout>{c.Seconds}</timeout></return>")));

    /// <summary>Another program of the same user runs reports.</summary>
    private async Task UseAsync(int reports)
    {
        using var other = new SoapCaller(Simulator, Acme.UserName, Password);
        for (var i = 0; i < reports; i++)
        {
            await other.ReturnAsync(SoapCaller.RunReport("2026-11-01T08:00:00Z", "2026-11-01T09:00:00Z"));
        }
    }

    private async Task RejectedAsync(string said, SliceState at = SliceState.Requesting)
    {
        var reason = $"Five9 at 127.0.0.1 rejected the login of importer@acme.test ({said}): the password is wrong, the account is locked, or the host is not that of the user's region.";
        var waits = await StoppedAsync();

        Assert.That((waits.State, waits.Error, waits.DueAt), Is.EqualTo((at, new ImportError(
            ImportProblem.CredentialRejected,
            $"{reason} Nothing is called with this password again. Store another password in the secret five9-acme or correct Integrations:acme:Region, and the slice goes on by itself; "
            + "if the account was locked, unlock it in Five9 and clear CredentialVersions of importer@acme.test in the table Five9Users."), At("2026-11-02T20:05:00Z"))));
        Assert.That(Bench.Log.TakeWarnings(), Is.EqualTo(new[] { $"Error: Five9 rejected the credential of importer@acme.test (acme), version {(await Bench.UserAsync(Integration)).MarkOf("five9-acme")!.Version} of the secret five9-acme; no call is made with it again. {reason}" }));
    }

    private Task<ImportSlice> HoursPassAsync() => StepAsync(s => s.DueAt > At("2026-11-02T22:00:00Z"));
}
