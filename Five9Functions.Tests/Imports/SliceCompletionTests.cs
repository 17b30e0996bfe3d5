using Five9Functions.Imports;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

public sealed class SliceCompletionTests : ImportFixture
{
    private const string Key = "agent-states|2026-11-02T10:00:00Z|2026-11-02T12:00:00Z";

    private static readonly NormalizeJob Job = new("acme", "agent-states", "2026-11-02", Run, Key);

    private static readonly LedgerWindow Read = Told("2026-11-02T08:00:00Z", "2026-11-02T12:00:00Z", "2026-11-02T19:59:00Z");

    private static readonly ImportSlice Normalizing = Slice("10:00-12:00", SliceState.Normalizing) with
    {
        Step = 6,
        RequestedAt = At("2026-11-02T19:59:00Z"),
        LandedVersion = 20,
        Days = [new LocalDate(2026, 11, 1), new LocalDate(2026, 11, 2)],
    };

    [SetUp]
    public Task OpenAsync() => Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 1 }, Normalizing);

    [Test]
    public async Task ASlice_WhoseDaysHaveAllReachedWhatItLanded_IsDone()
    {
        await DayAsync(1, 21);
        await DayAsync(2, 20, Read);

        await CompleteAsync();

        var row = await Bench.SliceAsync(Normalizing);
        Assert.That((row.State, row.FinishedAt, row.Step), Is.EqualTo((SliceState.Done, (Instant?)At("2026-11-02T20:00:00Z"), 7)));
        Assert.That((await Bench.RunAsync()).FinishedAt, Is.EqualTo(At("2026-11-02T20:00:00Z")));
    }

    [TestCase(19, 20)]
    [TestCase(20, 19)]
    public async Task ASlice_WithADayThatWasDerivedFromOlderRows_IsNotDone(long first, long second)
    {
        await DayAsync(1, first);
        await DayAsync(2, second, Read);

        await CompleteAsync();

        Assert.That((await Bench.SliceAsync(Normalizing)).State, Is.EqualTo(SliceState.Normalizing));
    }

    [Test]
    public async Task ASlice_WhoseDayDoesNotKnowOfTheReading_IsNotDone()
    {
        await DayAsync(1, 20);
        await DayAsync(2, 20, Read with { AsOf = At("2026-11-02T19:00:00Z") });

        await CompleteAsync();

        Assert.That((await Bench.SliceAsync(Normalizing)).State, Is.EqualTo(SliceState.Normalizing), "identical rows are no new version");
    }

    [Test]
    public async Task ASuspiciousSlice_IsDoneWithoutIt()
    {
        await Bench.UpdateAsync(Normalizing, s => s with { Doubts = Five9Functions.Storage.LandingDoubts.TooSmall });
        await DayAsync(1, 20);
        await DayAsync(2, 20, Read with { AsOf = At("2026-11-02T19:00:00Z") });

        await CompleteAsync();

        Assert.That((await Bench.SliceAsync(Normalizing)).State, Is.EqualTo(SliceState.Done));
    }

    [Test]
    public async Task Fail_EndsTheSlice_ButNotOneThatIsFinished()
    {
        await Get<SliceCompletion>().FailAsync(Acme, Job, new ImportError(ImportProblem.NotNormalized, "The table is away."), CancellationToken.None);
        await Get<SliceCompletion>().FailAsync(Acme, Job, new ImportError(ImportProblem.NotNormalized, "Once more."), CancellationToken.None);

        var row = await Bench.SliceAsync(Normalizing);
        Assert.That((row.State, row.Error, row.Step), Is.EqualTo((SliceState.Failed, new ImportError(ImportProblem.NotNormalized, "The table is away."), 7)));
    }

    private Task CompleteAsync() => Get<SliceCompletion>().CompleteAsync(Acme, Job, again: false, CancellationToken.None);

    private async Task DayAsync(int day, long version, params LedgerWindow[] windows)
    {
        var id = new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 11, day));
        var derived = ReportDay.Empty(id) with { Windows = windows, Inputs = new Dictionary<LocalDate, long> { [new LocalDate(2026, 11, 2)] = version } };
        await Get<ReportDayTable>().TryWriteAsync(new Versioned<ReportDay>(ReportDay.Empty(id), default), derived, CancellationToken.None);
    }
}
