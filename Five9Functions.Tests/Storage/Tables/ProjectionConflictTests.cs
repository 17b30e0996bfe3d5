using System.Net.Sockets;
using Azure;
using Azure.Data.Tables;
using Five9Functions.Storage.Tables;
using NUnit.Framework.Constraints;

namespace Five9Functions.Tests.Storage.Tables;

/// <summary>Writers that race, die, or never hear what became of their write.</summary>
public sealed class ProjectionConflictTests
{
    private static readonly TableEntity[] Old = TestTable.Singles(250, "old");
    private static readonly TableEntity[] Newer = [.. TestTable.Singles(270, "new").Skip(20)];

    private static readonly TestCaseData<Exception, bool>[] Failures =
    [
        new(new RequestFailedException(409, "exists"), true),
        new(new RequestFailedException(412, "changed"), true),
        new(new RequestFailedException(404, "gone", "ResourceNotFound", null), true),
        new(new RequestFailedException(408, "time-out"), true),
        new(new RequestFailedException(500, "server"), true),
        new(new RequestFailedException(503, "busy"), true),
        new(new RequestFailedException("no answer", new SocketException()), true),
        new(new HttpRequestException("lost"), true),
        new(new IOException("lost"), true),
        new(new TaskCanceledException("time-out"), true),
        new(new AggregateException(new RequestFailedException(500, "server"), new IOException("lost")), true),
        new(new AggregateException(new RequestFailedException(500, "server"), new RequestFailedException(403, "forbidden")), false),
        new(new RequestFailedException(400, "bad"), false),
        new(new RequestFailedException(403, "forbidden"), false),
        new(new RequestFailedException(404, "no table", "TableNotFound", null), false),
        new(new InvalidOperationException("bug"), false),
    ];

    [TestCaseSource(nameof(Failures))]
    public void Explains_OnlyFailuresThatLeaveTheOutcomeToTheManifest(Exception failure, bool conflict) =>
        Assert.That(ProjectionConflictException.Explains(failure), Is.EqualTo(conflict));

    [TestCase(true)]
    [TestCase(false)]
    public async Task Write_StaleManifest_LosesAtItsFirstTransactionAndChangesNothing(bool stored)
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        if (stored)
        {
            await table.WriteAsync(TestTable.Singles(10, "first"), "v0");
        }

        var stale = await table.Projection().ReadManifestAsync("p", CancellationToken.None);
        await table.WriteAsync(Newer, "v2");
        var manifest = await table.ManifestAsync();

        Assert.That(
            () => table.Projection(traffic).WriteAsync(stale, Old, "v1", CancellationToken.None),
            Throws.TypeOf<ProjectionConflictException>().With.InnerException.Property("Status").EqualTo(stored ? 412 : 409));

        Assert.That(traffic.Transactions, Has.Count.EqualTo(1));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Newer)));
        Assert.That((await table.ManifestAsync()).ETag, Is.EqualTo(manifest.ETag));
    }

    [Test]
    public async Task Write_StaleManifestAndOnlyInputsDiffer_Loses()
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(Old, "v0");
        var stale = await table.Projection().ReadManifestAsync("p", CancellationToken.None);
        await table.WriteAsync(Old, "v2");

        Assert.That(() => table.Projection().WriteAsync(stale, Old, "v1", CancellationToken.None), Throws.TypeOf<ProjectionConflictException>());
        Assert.That((await table.ManifestAsync()).GetString("Inputs"), Is.EqualTo("v2"));
    }

    [Test]
    public async Task Write_ManifestDeletedMeanwhile_Loses()
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(TestTable.Singles(1, "a"), "v0");
        var stale = await table.Projection().ReadManifestAsync("p", CancellationToken.None);
        await table.Client().DeleteEntityAsync("p", "manifest");

        Assert.That(() => table.Projection().WriteAsync(stale, Old, "v1", CancellationToken.None), Throws.TypeOf<ProjectionConflictException>());
        Assert.That(await table.ContentAsync(), Is.EqualTo(new[] { "g000|000=a" }));
    }

    // 250 rows become 250 others of which 230 are the same rows with another value: 270 writes, three transactions.
    [TestCase(1, false, "old", 3)]
    [TestCase(1, true, "none", 2)]
    [TestCase(2, false, "none", 2)]
    [TestCase(2, true, "none", 1)]
    [TestCase(3, false, "none", 1)]
    [TestCase(3, true, "new", 0)]
    public async Task Write_Killed_IsRepairedByTheNextRun(int transaction, bool committed, string hash, int repairs)
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(Old, "v1");
        var oldHash = (await table.ManifestAsync()).GetString("Hash");
        Task Kill(int number) => number == transaction ? Task.FromException(new ProcessDiedException()) : Task.CompletedTask;
        var traffic = committed ? new TableTraffic { AfterTransaction = Kill } : new TableTraffic { BeforeTransaction = Kill };

        Assert.That(() => table.WriteAsync(Newer, "v2", traffic), Throws.TypeOf<ProcessDiedException>());

        var stored = (await table.ManifestAsync()).GetString("Hash");
        IResolveConstraint expected = hash switch { "old" => Is.EqualTo(oldHash), "none" => Is.Empty, _ => Is.Not.Empty.And.Not.EqualTo(oldHash) };
        Assert.That(stored, expected);
        var repair = new TableTraffic();
        await table.WriteAsync(Newer, "v2", repair);
        Assert.That(repair.Writes, Is.EqualTo(repairs));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Newer)));
        Assert.That((await table.ManifestAsync()).GetString("Hash"), Is.Not.Empty.And.Not.EqualTo(oldHash));
    }

    [Test]
    public async Task Write_KilledThenTheOldContentIsWantedAgain_IsRepaired()
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(Old, "v1");
        var traffic = new TableTraffic { AfterTransaction = number => number == 2 ? Task.FromException(new ProcessDiedException()) : Task.CompletedTask };
        Assert.That(() => table.WriteAsync(Newer, "v2", traffic), Throws.TypeOf<ProcessDiedException>());

        await table.WriteAsync(Old, "v1");

        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Old)));
    }

    [TestCase(1, 3)]
    [TestCase(2, 3)]
    [TestCase(3, 3)]
    public async Task Run_AnswerLostAfterTheServerCommitted_StartsAgainAndFinishes(int transaction, int sent)
    {
        var table = await TestTable.CreateAsync();
        await table.WriteAsync(Old, "v1");
        var derived = 0;
        var traffic = new TableTraffic
        {
            AfterTransaction = number => number == transaction
                ? Task.FromException(new RequestFailedException("The connection was lost.", new IOException()))
                : Task.CompletedTask,
        };

        var result = await table.Projection(traffic).RunAsync(
            ["p"],
            _ =>
            {
                derived++;
                return Task.FromResult(new ProjectedContent("v2", _ => Newer));
            },
            CancellationToken.None);

        Assert.That(result.Conflicts, Is.EqualTo(1));
        Assert.That(derived, Is.EqualTo(2), "what was read before the conflict may be stale");
        Assert.That(traffic.Transactions, Has.Count.EqualTo(sent));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Newer)));
    }

    [Test]
    public async Task Run_AlwaysOvertaken_GivesUpAtTheSixthTry()
    {
        var table = await TestTable.CreateAsync();
        var derived = 0;

        Assert.That(
            () => table.Projection().RunAsync(
                ["p"],
                async _ =>
                {
                    await table.WriteAsync(Newer, $"other {++derived}");
                    return new ProjectedContent("v1", _ => Old);
                },
                CancellationToken.None),
            Throws.TypeOf<ProjectionConflictException>().With.Message.StartsWith("Partition p of table projection"));

        Assert.That(derived, Is.EqualTo(6));
        Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(Newer)));
    }

    [Test]
    public async Task Run_TwoWritersAtOnce_EndInOneOfTheTwoContentsWhole()
    {
        var table = await TestTable.CreateAsync();
        for (var round = 0; round < 8; round++)
        {
            var (left, right) = (TestTable.Singles(220, $"left {round}"), TestTable.Group("right", 230, $"right {round}"));

            await Task.WhenAll(RunAsync(left), RunAsync(right));

            Assert.That(await table.ContentAsync(), Is.EqualTo(TestTable.Text(left)).Or.EqualTo(TestTable.Text(right)));
            Assert.That((await table.ManifestAsync()).GetString("Hash"), Is.Not.Empty);
        }

        Task<ProjectionResult> RunAsync(TableEntity[] rows) =>
            table.Projection().RunAsync(["p"], _ => Task.FromResult(new ProjectedContent(rows[0].GetString("Value"), _ => rows)), CancellationToken.None);
    }

    [Test]
    public async Task Run_ManyPartitions_WritesAtMostEightAtATime()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        string[] partitions = [.. Enumerable.Range(0, 24).Select(i => $"p{i:00}")];

        var result = await table.Projection(traffic).RunAsync(
            partitions,
            _ => Task.FromResult(new ProjectedContent("v1", key => [new(key, "r") { ["Value"] = key }])),
            CancellationToken.None);

        Assert.That(result, Is.EqualTo(new ProjectionResult(24, 0, 0, 24, 0)));
        Assert.That(traffic.MostInFlight, Is.LessThanOrEqualTo(8));
        Assert.That(await table.ContentAsync(), Is.EqualTo(partitions.Select(key => $"r={key}")));
    }

    [Test]
    public async Task Run_OneOfManyPartitionsInConflict_LeavesTheOthersAlone()
    {
        var table = await TestTable.CreateAsync();
        var traffic = new TableTraffic();
        var overtaken = false;

        var result = await table.Projection(traffic).RunAsync(
            ["p", "q"],
            async _ =>
            {
                if (!overtaken)
                {
                    overtaken = true;
                    await table.WriteAsync(TestTable.Singles(1, "other"), "v1");
                }

                return new ProjectedContent("v2", key => [new(key, "r") { ["Value"] = "mine" }]);
            },
            CancellationToken.None);

        Assert.That(result.Conflicts, Is.EqualTo(1));
        Assert.That(traffic.Transactions, Has.Count.EqualTo(3), "the lost one, the other partition's, and the second try");
        Assert.That(await table.ContentAsync(), Is.EqualTo(new[] { "r=mine", "r=mine" }));
    }

    /// <summary>What no code of ours catches, like the end of the process.</summary>
    private sealed class ProcessDiedException : Exception;
}
