using Five9Functions.Runs;
using Five9Functions.Telemetry;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.EndToEnd.Kills;
using NodaTime;
using static Five9Functions.Tests.EndToEnd.Kills.KillStep;

namespace Five9Functions.Tests.Telemetry;

/// <summary>An import of two days is one trace, wherever the worker dies that has it in hand.</summary>
[CancelAfter(240_000)]
public sealed class TracedImportTests : EndToEndTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-04T08:00:00Z";

    /// <summary>One in each step of an import; where no message is left, a tick finds what was lost.</summary>
    private static readonly KillStep[] Steps =
    [
        After("the run is opened", r => r.Adds("ImportRuns"), ticks: 1),
        After("the run is planned", r => r.Changes("ImportRuns", "\"Planned\":2")),
        After("the report is asked for", r => r.Call == "runReport"),
        After("the report is looked for", r => r.Call == "isReportRunning"),
        After("the report is downloaded", r => r.Call == "getReportResultCsv"),
        After("the rows are landed", r => r.Commits()),
        After("the day is written", r => r.Adds("ReportDays")),
        After("the run is finished", r => r.Changes("ImportRuns", "\"FinishedAt\":")),
    ];

    private static TestSetup Setup(string integration) => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Integrations = [integration],
        Rows = new StateRows(new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"), new("anna", "Ready", "2026-11-03T21:00:00Z", "2026-11-03T21:10:00Z")),
        Settings = new Dictionary<string, string?> { [$"Integrations:{integration}:Paused"] = "true" },
    };

    [Test]
    public async Task EachStepIsASpanOfTheRunsTrace_BeginningWhereItWasAskedFor()
    {
        using var spans = new RecordedSpans("traced");
        var app = await StartAsync(Setup("traced"));
        var run = await app.OpenAsync(From, To, Token, "traced");
        await app.FinishedAsync(run, Token);

        var trace = Traces.OfRun("traced", run.Id);
        var all = spans.Ended;
        Assert.That(all.Select(span => span.TraceId).Distinct(), Is.EqualTo(new[] { trace.TraceId }));
        Assert.That(
            all.GroupBy(span => span.OperationName).ToDictionary(group => group.Key, group => group.Count()),
            Is.SupersetOf(new Dictionary<string, int> { ["StartImport"] = 1, ["five9 runReport"] = 2, ["five9 getReportResultCsv"] = 2 }));
        Assert.That(all.Count(span => span.OperationName == "NormalizeDay"), Is.AtLeast(2));
        Assert.That(all.Where(span => all.All(other => other.SpanId != span.ParentSpanId)).Select(span => (span.OperationName, span.ParentSpanId)), Is.EqualTo(new[] { ("StartImport", trace.SpanId) }));
        Assert.That(all.Single(span => span.OperationName == "StartImport").GetTagItem("Run"), Is.EqualTo(run.Id));
    }

    [TestCaseSource(nameof(Steps))]
    public async Task AKilledWorker_LeavesOneTraceOfTheWholeImport(object at)
    {
        var step = (KillStep)at;
        var integration = $"traced-{Array.IndexOf(Steps, step)}";
        using var spans = new RecordedSpans(integration);
        var app = await StartAsync(Setup(integration));
        app.KillAt = step.Once();
        await UnlessKilledAsync(() => app.OpenAsync(From, To, Token, integration));
        await app.Killed.WaitAsync(Token);
        spans.IsDead = true;
        app.Clock.Advance(Duration.FromMinutes(10));
        await app.ReviveAsync(Token);
        spans.IsDead = false;
        await app.Host.WhenIdleAsync(Token);
        for (var tick = 0; tick < step.Ticks; tick++)
        {
            app.Clock.Advance(Duration.FromMinutes(16));
            await app.TickAsync(Token);
        }

        var run = await app.Get<ImportRunTable>().ListAsync(integration, Token).SingleAsync(Token);
        Assert.That((await app.FoldAsync(run, Token)).Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(spans.Ended.Select(span => span.TraceId).Distinct(), Is.EqualTo(new[] { Traces.OfRun(integration, run.Id).TraceId }));
        string[] steps = ["StartImport", "FetchAgentStates", "NormalizeDay"];
        Assert.That(spans.Ended.Select(span => span.OperationName), Is.SupersetOf(steps));
        Assert.That(spans.Ended.Where(span => span.OperationName == "NormalizeDay").Select(span => span.GetTagItem("Date")), Is.SupersetOf(new[] { "2026-11-02", "2026-11-03" }));
    }

    private static async Task UnlessKilledAsync(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (InstanceKilledException)
        {
        }
    }
}
