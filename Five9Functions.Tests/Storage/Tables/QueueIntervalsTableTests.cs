using Azure.Data.Tables;
using Five9Functions.Calls;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Tests.Storage.Tables;

public sealed class QueueIntervalsTableTests
{
    private const string ByCampaign = "rules=1;grouping=campaign;settings=0;2026-08-21=1";
    private const string BySkill = "rules=1;grouping=skill;settings=0;2026-08-21=1";

    private static readonly LocalDate Day = new(2026, 8, 21);

    [Test]
    public void From_Interval_HasExactlyTheseColumns() => Assert.That(
        QueueIntervalEntity.From("acme|2026-08-21", new QueueInterval("Sales/In", At(16, 0), new IntervalFigures { Offered = 9, Answered = 6, HandleSeconds = 2250 })),
        Is.EquivalentTo(new Dictionary<string, object>
        {
            ["PartitionKey"] = "acme|2026-08-21",
            ["RowKey"] = "2026-08-21T16:00:00Z|Sales*002FIn",
            ["Queue"] = "Sales/In",
            ["Start"] = new DateTimeOffset(2026, 8, 21, 16, 0, 0, TimeSpan.Zero),
            ["offered"] = 9L,
            ["answered"] = 6L,
            ["abandoned"] = 0L,
            ["abandonedShort"] = 0L,
            ["diverted"] = 0L,
            ["transferredIn"] = 0L,
            ["answeredWithin"] = 0L,
            ["abandonedWithin"] = 0L,
            ["talkSeconds"] = 0L,
            ["holdSeconds"] = 0L,
            ["afterCallWorkSeconds"] = 0L,
            ["handleSeconds"] = 2250L,
            ["waitSecondsAnswered"] = 0L,
            ["waitSecondsAbandoned"] = 0L,
            ["ivrOnly"] = 0L,
            ["otherHandleSeconds"] = 0L,
            ["outbound"] = 0L,
            ["outboundHandleSeconds"] = 0L,
            ["outboundAttempts"] = 0L,
        }));

    [Test]
    public void ToInterval_IsTheInterval()
    {
        var interval = new QueueInterval("Sales In", At(16, 0), new IntervalFigures
        {
            Offered = 1,
            Answered = 2,
            Abandoned = 3,
            AbandonedShort = 4,
            Diverted = 5,
            TransferredIn = 6,
            AnsweredWithin = 7,
            AbandonedWithin = 8,
            TalkSeconds = 9,
            HoldSeconds = 10,
            AfterCallWorkSeconds = 11,
            HandleSeconds = 12,
            WaitSecondsAnswered = 13,
            WaitSecondsAbandoned = 14,
            IvrOnly = 15,
            OtherHandleSeconds = 16,
            Outbound = 17,
            OutboundHandleSeconds = 18,
            OutboundAttempts = 19,
        });

        Assert.That(QueueIntervalEntity.ToInterval(QueueIntervalEntity.From("p", interval)), Is.EqualTo(interval));
    }

    [Test]
    public async Task Read_IsByQueueThenStart_OfOneGroupingAlone()
    {
        var table = await TestTable.CreateAsync();
        await WriteAsync(table, ByCampaign, [Offered("b", 16, 1), Offered("B", 17, 2), Offered("B", 16, 3)]);

        Assert.That(await ReadAsync(table, QueueGrouping.Campaign), Is.EqualTo(new[] { "B 16 3", "B 17 2", "b 16 1" }));
        Assert.That(await ReadAsync(table, QueueGrouping.Skill), Is.Null);
        Assert.That(await new QueueIntervalsTable(table.Client(), TimeProvider.System).ReadAsync("acme", Day.PlusDays(1), QueueGrouping.Campaign, CancellationToken.None), Is.Null, "never derived");
    }

    [Test]
    public async Task ADayWithoutCalls_IsThere_AndEmpty()
    {
        var table = await TestTable.CreateAsync();
        await WriteAsync(table, ByCampaign, []);
        var traffic = new TableTraffic();

        await WriteAsync(table, ByCampaign, [], traffic);

        Assert.That(traffic.Writes, Is.Zero);
        Assert.That(await ReadAsync(table, QueueGrouping.Campaign), Is.Empty);
        Assert.That(await ReadAsync(table, QueueGrouping.Skill), Is.Null);
    }

    [Test]
    public async Task ADayOfWhichNothingWasLanded_IsNotThere()
    {
        var table = await TestTable.CreateAsync();

        await WriteAsync(table, ByCampaign, [], landed: false);

        Assert.That(await ReadAsync(table, QueueGrouping.Campaign), Is.Null);
    }

    [Test]
    public async Task AReaderBetweenTheTransactionsOfAChangeOfGrouping_SeesNothing()
    {
        var table = await TestTable.CreateAsync();
        var seen = new List<object?>();
        var traffic = new TableTraffic
        {
            AfterTransaction = async number =>
            {
                if (number is 1 or 2)
                {
                    seen.AddRange([await ReadAsync(table, QueueGrouping.Campaign), await ReadAsync(table, QueueGrouping.Skill)]);
                }
            },
        };
        await WriteAsync(table, ByCampaign, [.. Enumerable.Range(0, 100).Select(i => Offered($"c{i}", 16, 1))]);

        await WriteAsync(table, BySkill, [.. Enumerable.Range(0, 100).Select(i => Offered($"s{i}", 16, 1))], traffic);

        Assert.That(traffic.Operations, Is.EqualTo(new[] { 100, 100, 3 }));
        Assert.That(seen, Is.EqualTo(new object?[] { null, null, null, null }));
        Assert.That(await ReadAsync(table, QueueGrouping.Skill), Has.Length.EqualTo(100).And.All.StartsWith("s"));
        Assert.That(await ReadAsync(table, QueueGrouping.Campaign), Is.Null);
    }

    [Test]
    public async Task Read_WriteBetweenTwoPages_ReadsAgain()
    {
        var table = await TestTable.CreateAsync();
        QueueInterval[] Intervals(int offered) => [.. Enumerable.Range(0, 1100).Select(i => Offered($"q{i}", 16, offered))];
        await WriteAsync(table, ByCampaign, Intervals(1));
        var traffic = new TableTraffic { AfterQuery = number => number == 1 ? WriteAsync(table, ByCampaign + "0", Intervals(2)) : Task.CompletedTask };

        var read = await new QueueIntervalsTable(table.Client(traffic), TimeProvider.System).ReadAsync("acme", Day, QueueGrouping.Campaign, CancellationToken.None);

        Assert.That(read, Has.Count.EqualTo(1100));
        Assert.That(read!.Select(interval => interval.Figures.Offered), Is.All.EqualTo(2));
    }

    [Test]
    public async Task Read_RowThatSomebodyElseWrote_IsNamed()
    {
        var table = await TestTable.CreateAsync();
        await WriteAsync(table, ByCampaign, [Offered("a", 16, 1)]);
        await table.Client().AddEntityAsync(new TableEntity("acme|2026-08-21", "2026-08-21T16:00:00Z|b"));

        Assert.That(() => ReadAsync(table, QueueGrouping.Campaign), Throws.TypeOf<Five9Functions.Storage.UnreadableRowException>().With.Message.Contains("2026-08-21T16:00:00Z|b"));
    }

    private static Task<ProjectionResult> WriteAsync(TestTable table, string inputs, QueueInterval[] intervals, TableTraffic? traffic = null, bool landed = true) =>
        new QueueIntervalsTable(table.Client(traffic), TimeProvider.System).WriteAsync(
            "acme", Day, _ => Task.FromResult<(IReadOnlyList<QueueInterval>, string, bool)>((intervals, inputs, landed)), CancellationToken.None);

    private static async Task<string[]?> ReadAsync(TestTable table, QueueGrouping grouping) =>
        await new QueueIntervalsTable(table.Client(), TimeProvider.System).ReadAsync("acme", Day, grouping, CancellationToken.None) is { } intervals
            ? [.. intervals.Select(interval => $"{interval.Queue} {interval.Start.InUtc().Hour} {interval.Figures.Offered}")]
            : null;

    private static Instant At(int hour, int minute) => Instant.FromUtc(2026, 8, 21, hour, minute);

    private static QueueInterval Offered(string queue, int hour, int offered) => new(queue, At(hour, 0), new IntervalFigures { Offered = offered });
}
