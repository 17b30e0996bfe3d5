using Azure.Core;
using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Storage.Tables;

namespace Five9Functions.Tests.Normalization;

/// <summary>A day with more rows than one pass holds; most are twins, which are counted and take no row of the table.</summary>
public sealed class LargeCallDayTests : CallDaysFixture
{
    private const string FirstPass = "102";
    private const string SecondPass = "100";

    private static readonly Integration Large = ByCampaign with { Buckets = 16 };

    [Test]
    public async Task InPasses_EachCallLiesInItsBucket()
    {
        Assert.That((CallsKeys.Bucket(FirstPass, 16), CallsKeys.Bucket(SecondPass, 16)), Is.EqualTo((2, 12)));
        await LandAsync(Csv([Leg(FirstPass, "09:00:00"), .. Enumerable.Repeat(Leg(SecondPass, "09:01:00"), 20_000)]));

        await ProjectAsync(Large);

        Assert.That((await RowsAsync("Calls")).Select(row => row.PartitionKey + " " + row.RowKey), Is.EquivalentTo(new[]
        {
            "acme|2026-08-21|02 2026-08-21T16:00:00Z|102|000",
            "acme|2026-08-21|12 2026-08-21T16:01:00Z|100|000",
        }));
        Assert.That(await FiguresAsync(Large), Is.EqualTo(new[] { "Sales 16:00: offered 2 answered 2 answeredWithin 2 talkSeconds 20 handleSeconds 20 waitSecondsAnswered 8" }));
    }

    [Test]
    public async Task ALandingBetweenTwoPasses_IsNoted_ByBeginningAgain()
    {
        await LandAsync(Csv([Leg(FirstPass, "09:00:00"), .. Enumerable.Repeat(Leg(SecondPass, "09:01:00"), 20_000)]));
        var traffic = new TableTraffic
        {
            AfterTransaction = number => number == 1 ? LandAsync(Csv(Leg(FirstPass, "09:00:00"), Leg(SecondPass, "09:02:00"))) : Task.CompletedTask,
        };
        var options = new TableClientOptions();
        options.AddPolicy(traffic, HttpPipelinePosition.PerCall);
        var intervals = new QueueIntervalsTable(new TableClient(Bench.Storage, StorageLayout.QueueIntervalsTable, options), Bench.Time);

        Assert.That(await ProjectAsync(Large, projection: Bench.Create<CallDayProjection>(intervals)), Is.Null);
        Assert.That(await ProjectAsync(Large), Is.Not.Null);

        Assert.That((await RowsAsync("Calls")).Select(row => row.RowKey), Is.EquivalentTo(new[] { "2026-08-21T16:00:00Z|102|000", "2026-08-21T16:02:00Z|100|000" }));
    }

    private static string Leg(string call, string time) => $"{call},\"Fri, 21 Aug 2026 {time}\",Sales,Inbound,ann,,,00:00:04,,00:00:10,,,,0";
}
