using Five9Functions.Imports;
using Five9Functions.Runs;
using Five9Functions.Users;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Imports;

/// <summary>How many downloads an instance works on at once, and who goes first.</summary>
public sealed class DownloadSlotsTests : FetchReportFixture
{
    [Test]
    public async Task TheFifthDownloadOfAnInstance_GoesBack_BeforeItTakesTheLease()
    {
        var fetching = Running with { State = SliceState.Fetching };
        await OpenAsync(fetching);
        var slots = Enumerable.Range(0, 4).Select(_ => Get<DownloadSlots>().TryTake("agent-state-reports")).ToList();
        Assert.That(slots, Has.None.Null);
        var user = await Get<Five9UserTable>().GetAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None);

        await DeliverAsync(4);

        Assert.That(await Bench.Messages.StepsAsync(), Is.Empty, "not at once");
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
        Assert.That((await Bench.SliceAsync(fetching)).Step, Is.EqualTo(4));
        Assert.That((await Get<Five9UserTable>().GetAsync(Five9UserTable.KeyOf(Acme), CancellationToken.None)).ETag, Is.EqualTo(user.ETag), "the row of the user is as it was");
    }

    [Test]
    public async Task SlicesWhoseHostWasSlow_HaveTwoOfTheFourSlots()
    {
        var fetching = Running with { State = SliceState.Fetching, SlowDownloads = 1 };
        await OpenAsync(fetching);
        var slots = Get<DownloadSlots>();
        var slow = Enumerable.Range(0, 2).Select(_ => slots.TryTake("agent-state-reports", slow: true)).ToList();
        Assert.That(slow, Has.None.Null);
        Assert.That(slots.TryTake("call-log-reports", slow: true), Is.Not.Null, "each queue has its own");

        await DeliverAsync(4);

        Assert.That((await Bench.SliceAsync(fetching)).Step, Is.EqualTo(4), "it waits though two slots are free");
        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
        var others = Enumerable.Range(0, 2).Select(_ => slots.TryTake("agent-state-reports")).ToList();
        Assert.That(others, Has.None.Null, "two are left for slices at their first download");
        slow[0]!.Dispose();
        Assert.That(slots.TryTake("agent-state-reports", slow: true), Is.Not.Null);
        Assert.That(slots.TryTake("agent-state-reports"), Is.Null);
    }

    [Test]
    public async Task ASlotThatIsFreeAgain_IsForTheNextDownload_AndOtherStepsNeedNone()
    {
        var slots = Enumerable.Range(0, 4).Select(_ => Get<DownloadSlots>().TryTake("agent-state-reports")).ToList();
        await OpenAsync(Running);
        Bench.Five9.Answers("isReportRunning", "<return>false</return>");
        Bench.Five9.Answers("getReportResultCsv", "<return/>");

        await DeliverAsync(4);
        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Fetching));
        Assert.That(Get<DownloadSlots>().TryTake("call-log-reports"), Is.Not.Null, "each queue has its own");
        slots[2]!.Dispose();
        slots[2]!.Dispose();
        await DeliverAsync(5);

        Assert.That((await Bench.SliceAsync(Running)).State, Is.EqualTo(SliceState.Normalizing));
        Assert.That(Get<DownloadSlots>().TryTake("agent-state-reports"), Is.Not.Null);
        Assert.That(Get<DownloadSlots>().TryTake("agent-state-reports"), Is.Null);
    }
}
