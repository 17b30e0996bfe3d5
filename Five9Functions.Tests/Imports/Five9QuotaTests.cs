using Five9Functions.Problems;
using Five9Functions.Runs;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>Five9 says at 2026-11-02T20:00:30Z that a quota is used up; its windows are aligned to the calendar.</summary>
public sealed class Five9QuotaTests : ImportFixture
{
    private const string UsedUp = "<limit>16</limit><operationType>ReportRequest</operationType>";

    private static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    [SetUp]
    public void HalfAMinute() => Bench.Time.Advance(TimeSpan.FromSeconds(30));

    [Test]
    public async Task TheMinuteUsedUp_GoesOnInTheNextMinute()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Counts("ReportRequest 60 16/16", "ReportRequest 3600 119/120", "ReportRequest 86400 300/800");

        var next = await NextAsync(Requesting);

        Assert.That((next.State, next.Step, next.DueAt), Is.EqualTo((SliceState.Requesting, 2, At("2026-11-02T20:01:00Z"))));
        Assert.That(next.Error, Is.EqualTo(new ImportError(ImportProblem.QuotaUsedUp, "Five9's quota for runReport at api.five9.test is used up (16 ReportRequest: \"said\"). All 16 calls of the minute are used; it is tried again at 2026-11-02T20:01:00Z.")));
    }

    [TestCase("ReportRequest 3600 120/120")]
    [TestCase("ReportRequest 86400 800/800", Description = "Where a day begins is not documented: it is looked at hourly.")]
    public async Task ALongerWindowUsedUp_GoesOnInTheNextHour(string counter)
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Counts("ReportRequest 60 16/16", counter);

        Assert.That((await NextAsync(Requesting)).DueAt, Is.EqualTo(At("2026-11-02T21:00:00Z")));
    }

    [Test]
    public async Task AnotherOperationUsedUp_DoesNotCount()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Counts("ReportRequest 60 16/16", "RetrieveReport 3600 200/200");

        Assert.That((await NextAsync(Requesting)).DueAt, Is.EqualTo(At("2026-11-02T20:01:00Z")));
    }

    [Test]
    public async Task CountersThatCannotBeRead_GoOnInTheNextMinute()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded");
        Bench.Five9.Faults("getCallCountersState", "Server");

        Assert.That((await NextAsync(Requesting)).DueAt, Is.EqualTo(At("2026-11-02T20:01:00Z")));
    }

    [Test]
    public async Task UntilTheWindowTurns_NoSliceOfTheUserCallsForIt()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Counts("ReportRequest 3600 120/120");
        await NextAsync(Requesting);

        Bench.Time.Advance(TimeSpan.FromMinutes(59));
        var other = await NextAsync(Slice("12:00-13:00", SliceState.Requesting) with { Integration = "acme-2" }, Acme with { Id = "acme-2" });

        Assert.That(
            (other.State, other.DueAt, other.Error),
            Is.EqualTo((SliceState.Requesting, At("2026-11-02T21:00:00Z"), new ImportError(ImportProblem.QuotaUsedUp, "Five9's quota of ReportRequest is used up; the slice goes on by itself at 2026-11-02T21:00:00Z."))));
        Assert.That(Bench.Five9.Calls, Is.EqualTo(new[] { "runReport", "getCallCountersState" }));
    }

    [Test]
    public async Task UntilTheWindowTurns_OtherOperationsGoOn()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Counts("ReportRequest 3600 120/120");
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");
        await NextAsync(Requesting);

        var next = await NextAsync(Slice("12:00-13:00", SliceState.Running) with { ReportId = "R2", RequestedAt = At("2026-11-02T20:00:00Z") });

        Assert.That(next.State, Is.EqualTo(SliceState.Fetching));
    }

    [Test]
    public async Task OnceTheWindowHasTurned_ItIsCalledAgain()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Counts("ReportRequest 60 16/16");
        Bench.Five9.Answers("runReport", "<return>R1</return>");
        var waiting = await NextAsync(Requesting);

        Bench.Time.Advance(TimeSpan.FromSeconds(30));

        Assert.That((await NextAsync(waiting)).State, Is.EqualTo(SliceState.Running));
    }

    [Test]
    public async Task ACredentialRejectedWhileTheCountersAreRead_IsMarked()
    {
        Bench.Five9.Faults("runReport", "OperationsLimitExceeded", UsedUp);
        Bench.Five9.Fails("getCallCountersState", System.Net.HttpStatusCode.Unauthorized);

        var next = await NextAsync(Requesting);
        Bench.Time.Advance(TimeSpan.FromMinutes(10));
        await NextAsync(next);

        Assert.That((await Bench.UserAsync()).MarkOf("five9-acme")!.IsRejected(Bench.FirstVersion), Is.True);
        Assert.That(next.Error!.Problem, Is.EqualTo(ImportProblem.CredentialRejected));
        Assert.That(Bench.Log.TakeWarnings(), Has.Exactly(1).Contains("rejected the credential"));
    }
}
