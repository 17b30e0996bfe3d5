using Five9Functions.Imports;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Users;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>A slice whose steps a test delivers, against scripted answers of Five9.</summary>
public abstract class FetchReportFixture : ImportFixture
{
    private protected const string Key = "agent-states|2026-11-02T10:00:00Z|2026-11-02T12:00:00Z";

    private protected static readonly ImportSlice Requesting = Slice("10:00-12:00", SliceState.Requesting) with { Step = 1 };

    private protected static readonly ImportSlice Running = Slice("10:00-12:00", SliceState.Running) with { Step = 4, ReportId = "R1", RequestedAt = At("2026-11-02T19:59:00Z") };

    private protected static SliceStep Step(int step) => new("acme", Run, Key, step);

    private protected Task DeliverAsync(int step, int dequeueCount = 1) => Get<FetchReport>().RunAsync(Step(step), dequeueCount, CancellationToken.None);

    /// <summary>A planned run whose first slice is under way.</summary>
    private protected async Task OpenAsync(params ImportSlice[] slices)
    {
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = slices.Length }, slices);
        await Get<Five9UserTable>().UpdateAsync(
            Five9UserTable.KeyOf(Acme),
            user => user with { UnderWay = [new SliceInPlace("acme", Run, Key), new SliceInPlace("acme", "another", "slice")] },
            CancellationToken.None);
    }

    private protected async Task DerivedAsync(int day, long version)
    {
        var id = new RawDayId("acme", ReportNames.AgentStates, new LocalDate(2026, 11, day));
        var derived = ReportDay.Empty(id) with { Inputs = new Dictionary<LocalDate, long> { [new LocalDate(2026, 11, 2)] = version } };
        await Get<ReportDayTable>().TryWriteAsync(new Versioned<ReportDay>(ReportDay.Empty(id), default), derived, CancellationToken.None);
    }
}
