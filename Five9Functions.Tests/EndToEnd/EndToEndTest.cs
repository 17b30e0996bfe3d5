namespace Five9Functions.Tests.EndToEnd;

/// <summary>Ends what a test started, and fails it for every warning and error in the log that it did not expect.</summary>
public abstract class EndToEndTest
{
    private readonly List<TestApp> _apps = [];

    private protected static CancellationToken Token => TestContext.CurrentContext.CancellationToken;

    private protected async Task<TestApp> StartAsync(TestSetup setup)
    {
        var app = await TestApp.StartAsync(setup, Token);
        _apps.Add(app);
        return app;
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var app in _apps)
        {
            await app.DisposeAsync();
            if (TestContext.CurrentContext.Result.Outcome.Status == NUnit.Framework.Interfaces.TestStatus.Failed)
            {
                await TestContext.Out.WriteLineAsync(string.Join(Environment.NewLine, app.Log.Lines));
                foreach (var table in new[] { "Five9Users", "ImportRuns", "ImportSlices", "ReportDays" })
                {
                    await TestContext.Out.WriteLineAsync(string.Join(Environment.NewLine, await app.RowsAsync(table, CancellationToken.None)));
                }
            }
        }

        Assert.That(_apps.SelectMany(app => app.Log.Unexpected), Is.Empty);
    }
}
