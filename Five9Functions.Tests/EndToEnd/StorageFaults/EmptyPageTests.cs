using Five9Functions.Tests.Storage.Faults;

namespace Five9Functions.Tests.EndToEnd.StorageFaults;

/// <summary>Azure may answer any query with an empty page and a token to go on with. Tables are all that the app lists: no blobs, no queues.</summary>
[CancelAfter(120_000)]
public sealed class EmptyPageTests : StorageFaultTest
{
    [Test]
    public async Task QueriesThatBeginWithAnEmptyPage_FindTheSame()
    {
        var app = await StartAsync(Setup);
        app.Network.Faults = request => request.Method == "GET" && request.Query.Contains("filter=", StringComparison.Ordinal) ? NetworkFaults.EmptyPage : null;

        await ImportAsync(app);
        await app.TickAsync(Token);

        await AssertAsUndisturbedAsync(app);
        Assert.That(app.Network.Happened.Select(request => request.Split('/')[2].TrimEnd('(', ')')), Is.SupersetOf(new[] { "Five9Users", "ImportSlices", "Integrations", "AgentStates" }));
    }

    [Test]
    public async Task ATickOverEmptyPages_PlansWhatIsMissing_AndNothingTwice()
    {
        var app = await StartAsync(Setup with { Settings = new Dictionary<string, string?>() });
        app.Network.Faults = request => request.Method == "GET" && request.Query.Contains("filter=", StringComparison.Ordinal) ? NetworkFaults.EmptyPage : null;

        await app.TickAsync(Token);
        await app.TickAsync(Token);

        Assert.That(app.Five9.Calls["runReport"], Is.EqualTo(1), "the day so far, once");
        Assert.That(await app.RowsAsync("ImportRuns", Token), Has.Count.EqualTo(1).And.One.Contains("Planned=1"));
        Assert.That(app.Network.Happened.Select(request => request.Split('/')[2].TrimEnd('(', ')')), Is.SupersetOf(new[] { "ImportRuns", "ReportDays" }));
    }
}
