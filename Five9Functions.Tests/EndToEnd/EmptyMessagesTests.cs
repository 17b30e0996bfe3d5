using Five9Functions.Storage;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Messages that are JSON and name nothing: each is dropped with one warning that names its queue, and no queue gets poison.</summary>
[CancelAfter(120_000)]
public sealed class EmptyMessagesTests : EndToEndTest
{
    private static readonly string[] Empty = ["null", "{}", "{\"integration\":null}", "{\"integration\":\"\"}"];

    [TestCaseSource(typeof(StorageLayout), nameof(StorageLayout.Queues))]
    public async Task AMessageThatNamesNothing_IsDropped_WithAWarningThatNamesTheQueue(string queue)
    {
        var app = await StartAsync(new TestSetup { Rows = new StateRows(), Now = "2026-11-02T12:00:00Z" });
        app.Log.Expect("is empty or lacks what it is about");

        foreach (var message in Empty)
        {
            await app.QueueOf(queue).SendMessageAsync(message, Token);
        }

        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        Assert.That(
            app.Log.Lines.Where(line => line.StartsWith("Warning", StringComparison.Ordinal)),
            Is.EqualTo(Enumerable.Repeat($"Warning: A message of the queue {queue} is empty or lacks what it is about, so it is dropped. The importer sends none like it: see what else writes to the queue.", Empty.Length)));
        Assert.That(app.Log.Unexpected, Is.Empty);
        Assert.That((await app.QueueOf(queue).GetPropertiesAsync(Token)).Value.ApproximateMessagesCount, Is.Zero);
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    /// <summary>What each kind of message needs beside the integration.</summary>
    [TestCase(StorageLayout.ImportJobs, "{\"integration\":\"acme\"}")]
    [TestCase(StorageLayout.AgentStateReports, "{\"integration\":\"acme\",\"run\":\"1\"}")]
    [TestCase(StorageLayout.CallLogReports, "{\"integration\":\"acme\",\"slice\":\"s\"}")]
    [TestCase(StorageLayout.NormalizeJobs, "{\"integration\":\"acme\",\"report\":\"agent-states\",\"date\":\"2026-11-02\"}")]
    [TestCase(StorageLayout.CompareJobs, "{\"integration\":\"acme\",\"run\":\"1\"}")]
    [TestCase(StorageLayout.RemovalJobs, "{\"integration\":\"acme\"}")]
    [TestCase(StorageLayout.CredentialEvents, "[{},null]")]
    [TestCase(StorageLayout.CredentialEvents, "[]")]
    public async Task AMessageThatLacksAPart_IsDroppedToo(string queue, string message)
    {
        var app = await StartAsync(new TestSetup { Rows = new StateRows(), Now = "2026-11-02T12:00:00Z" });
        app.Log.Expect($"A message of the queue {queue} is empty or lacks what it is about");

        await app.QueueOf(queue).SendMessageAsync(message, Token);
        app.Host.LookNow();
        await app.Host.WhenIdleAsync(Token);

        Assert.That(app.Log.Count($"A message of the queue {queue} is empty or lacks what it is about"), Is.EqualTo(1));
        Assert.That(app.Log.Unexpected, Is.Empty);
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }
}
