using Azure.Core;
using Azure.Storage.Blobs;
using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Microsoft.Extensions.Time.Testing;

namespace Five9Functions.Tests.Storage;

/// <summary>A raw day of its own for each test, on Azurite.</summary>
public abstract class RawDaysFixture
{
    private protected static readonly DateTimeOffset Now = new(2026, 11, 2, 20, 0, 0, TimeSpan.Zero);

    private protected FakeTimeProvider Time { get; } = new(Now);

    private protected RecordedRequests Requests { get; } = new();

    private protected RawDayId Id { get; } = new(TestStorage.NewName("north-"), ReportNames.AgentStates, RawDayTestData.Day);

    private protected BlobServiceClient Blobs { get; private set; } = null!;

    /// <summary>The raw days whose requests are recorded.</summary>
    private protected RawDayStore Days { get; private set; } = null!;

    /// <summary>Another instance of the app.</summary>
    private protected RawDayStore OtherDays { get; private set; } = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        var connection = await TestStorage.ConnectionStringAsync();
        var options = new BlobClientOptions();
        options.AddPolicy(Requests, HttpPipelinePosition.PerCall);
        Blobs = new BlobServiceClient(connection, options);
        Days = new RawDayStore(Blobs, Time);
        OtherDays = new RawDayStore(new BlobServiceClient(connection), Time);
        await RawDayStore.EnsureContainerAsync(Blobs, CancellationToken.None);
        Requests.Clear();
    }

    private protected Task<LandingResult> LandAsync(Landing landing) => Days.LandAsync(Id, landing, CancellationToken.None);

    private protected Task<RawDayHeader> HeaderAsync() => OtherDays.ReadHeaderAsync(Id, CancellationToken.None);

    private protected async Task<List<ReportRow>> RowsAsync() =>
        await (await OtherDays.OpenAsync(Id, CancellationToken.None)).RowsAsync(CancellationToken.None).ToListAsync();

    private protected async Task<List<QuarantinedRow>> QuarantinedAsync() =>
        await (await OtherDays.OpenAsync(Id, CancellationToken.None)).QuarantinedAsync(CancellationToken.None).ToListAsync();
}
