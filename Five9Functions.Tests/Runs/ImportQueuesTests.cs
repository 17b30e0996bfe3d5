using Azure.Storage.Queues;
using Five9Functions.Runs;
using Five9Functions.Tests.Imports;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.Runs;

public sealed class ImportQueuesTests : ImportFixture
{
    [Test]
    public async Task Send_ToAQueueThatIsGone_CreatesIt_AndTheMessageIsThere()
    {
        await new QueueClient(Bench.Storage, "agent-state-reports").DeleteAsync();

        // The row has moved on already: a message that waits for its time would not be sent by a repeated step.
        await Get<ImportQueues>().SendAsync(ReportDefinition.AgentStates, new SliceStep("acme", Run, "slice", 2), TimeSpan.FromSeconds(30), CancellationToken.None);

        Assert.That(await Bench.Messages.CountAsync("agent-state-reports"), Is.EqualTo(1));
    }
}
