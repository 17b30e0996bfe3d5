using System.Diagnostics.Metrics;
using Five9Functions.Five9;
using Five9Functions.Health;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Calls;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Infra;
using Five9Functions.Tests.Storage.Faults;
using Five9Functions.Tests.Support;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Five9Functions.Tests.Telemetry;

/// <summary>What an import tells of itself: each figure once, one line a step.</summary>
[CancelAfter(240_000)]
public sealed class TelemetryTests : EndToEndTest
{
    private const string From = "2026-11-02T08:00:00Z";
    private const string To = "2026-11-03T08:00:00Z";

    private static TestSetup Setup => new()
    {
        Now = "2026-11-04T12:00:00Z",
        Rows = new StateRows(
            new("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z"),
            new("anna", "On Call", "2026-11-02T21:05:00Z", "2026-11-02T21:06:00Z"),
            new("ben", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z") { Length = "soon" }),
        Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" },
    };

    [Test]
    public void EveryMetric_IsInTheOperatorsPage() => Assert.That(
        new[] { typeof(ImportMetrics), typeof(Five9Metrics), typeof(StorageMetrics), typeof(HealthMetrics) }.SelectMany(type => type.GetFields().Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)),
        Is.EquivalentTo(Operations.Metrics.Keys));

    [Test]
    public async Task AnImport_IsCounted_AndARedeliveryIsNot()
    {
        var app = await StartAsync(Setup);
        using var heard = new Heard(app.Get<IMeterFactory>());
        await app.ImportAsync(From, To, Token);
        foreach (var message in app.Traffic.Messages)
        {
            await app.SendAsync(message, Token);
        }

        await app.Host.WhenIdleAsync(Token);

        var sums = heard.Sums;
        Assert.That(sums.Where(s => s.Key.StartsWith("import.", StringComparison.Ordinal)), Is.EquivalentTo(new Dictionary<string, double>
        {
            ["import.runs kind=manual status=succeeded"] = 1,
            ["import.slices report=agent-states state=requesting"] = 1,
            ["import.slices report=agent-states state=running"] = 1,
            ["import.slices report=agent-states state=fetching"] = 1,
            ["import.slices report=agent-states state=normalizing"] = 1,
            ["import.slices report=agent-states state=done"] = 1,
            ["import.rows report=agent-states class=landed"] = 2,
            ["import.rows report=agent-states class=quarantined"] = 1,
            ["import.rows_derived report=agent-states class=visible"] = 2,
            ["import.rows_derived report=agent-states class=quarantined"] = 1,
            ["import.overlaps_fixed"] = 2,
        }));
        Assert.That(sums["table.entities table=AgentStates change=added"], Is.EqualTo(3));
        Assert.That(sums["table.transactions table=AgentStates"], Is.EqualTo(1));
        Assert.That(sums["five9.calls operation=runReport outcome=ok"], Is.EqualTo(1));
        Assert.That(sums["vault.reads outcome=held"], Is.EqualTo(1));
    }

    [Test]
    public async Task RequestsToStorage_AreCounted_EachTryOfThem()
    {
        var app = await StartAsync(Setup);
        using var heard = new Heard(app.Get<IMeterFactory>());
        var before = app.Network.Tries.Count;
        app.Network.Once(request => request.Entities.Any(e => e.Table == "AgentStates"), NetworkFaults.LostAnswer);

        await app.ImportAsync(From, To, Token);

        var (tries, sums) = (app.Network.Tries.Skip(before).ToList(), heard.Sums);
        Assert.That(tries.Count(request => request.Entities.Any(e => e.Table == "AgentStates")), Is.EqualTo(2), "the write and its repetition");
        Assert.That(sums["storage.requests service=table operation=write"], Is.EqualTo(tries.Count(request => request.Entities.Count > 0)));
        Assert.That(sums["storage.requests service=blob operation=write"], Is.EqualTo(tries.Count(request => request.Method == "PUT" && request.Path.Contains("/reports/", StringComparison.Ordinal))));
        Assert.That(sums["storage.requests service=blob operation=read"], Is.EqualTo(tries.Count(request => !request.CanWrite && request.Path.Contains("/reports/", StringComparison.Ordinal))));
        Assert.That(sums["storage.requests service=queue operation=write"], Is.EqualTo(tries.Count(request => request.Message is not null)));
    }

    [Test]
    public async Task EachStepTellsOneLine_WithTheRunInItsScope()
    {
        using var lines = new FakeLoggerProvider();
        var app = await StartAsync(Setup with { Logger = lines });
        var run = await app.OpenAsync(From, To, Token);
        await app.FinishedAsync(run, Token);

        var logged = LinesOfTheFlow(lines);
        // The day, and its neighbours, into which a state could reach.
        Assert.That(logged.Select(line => line.Category!.Split('.')[^1]), Is.EqualTo(new[] { "StartImport", "SliceStepRunner", "ReportLanding", "AgentStateDayProjection", "AgentStateDayProjection", "AgentStateDayProjection", "SliceDispatch" }));
        Assert.That(logged.Select(Run), Is.All.EqualTo(run.Id));
    }

    [Test]
    public async Task EachStepOfCallsTellsOneLine_AndTheListOfQueuesAnother()
    {
        using var lines = new FakeLoggerProvider();
        var app = await StartAsync(Setup with
        {
            Logger = lines,
            Calls = new CallRows(WorkedExample.Csv),
            Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true", ["Integrations:acme:Reports"] = "calls" },
        });
        var run = await app.OpenAsync("2026-08-21T07:00:00Z", "2026-08-22T07:00:00Z", Token);
        await app.FinishedAsync(run, Token);

        var logged = LinesOfTheFlow(lines);
        // The day, the one before, and the two after it.
        string[] steps = ["StartImport", "SliceStepRunner", "QueueListing", "ReportLanding", "CallDayProjection", "CallDayProjection", "CallDayProjection", "CallDayProjection", "SliceDispatch"];
        Assert.That(logged.Select(line => line.Category!.Split('.')[^1]), Is.EqualTo(steps));
        Assert.That(logged.Select(Run), Is.All.EqualTo(run.Id));
    }

    [Test]
    public async Task WhatAnAlertLooksAt_IsMeasuredAtEachTick()
    {
        var app = await StartAsync(Setup with { Settings = new Dictionary<string, string?>(), Secret = "wrong" });
        app.Log.Expect("Five9 rejected the credential of importer@example.com (acme)");
        using var heard = new Heard(app.Get<IMeterFactory>());
        await app.Host.RunTimerAsync("ScheduleImports", Token);
        await app.WhenAsync(() => Task.FromResult(app.Log.Count("Five9 rejected the credential") > 0), Token);
        await app.QueueOf("removal-jobs-poison").CreateAsync(cancellationToken: Token);
        await app.QueueOf("removal-jobs-poison").SendMessageAsync("{}", Token);

        await app.Host.RunTimerAsync("MeasureHealth", Token);

        var last = heard.Last;
        Assert.That(last["integration.state integration=acme state=failing"], Is.EqualTo(1));
        Assert.That(last["credential.rejected integration=acme"], Is.EqualTo(1));
        Assert.That(last["queue.poison_messages queue=removal-jobs-poison"], Is.EqualTo(1));
        Assert.That(last["queue.poison_messages queue=import-jobs-poison"], Is.Zero);
        Assert.That(last["queue.age queue=import-jobs"], Is.Zero);
    }

    private static FakeLogRecord[] LinesOfTheFlow(FakeLoggerProvider lines) =>
        [.. lines.Collector.GetSnapshot().Where(line => line.Level == LogLevel.Information && IsOfTheFlow(line.Category!))];

    private static string? Run(FakeLogRecord line) =>
        line.Scopes.OfType<IEnumerable<KeyValuePair<string, object?>>>().SelectMany(names => names).LastOrDefault(name => name.Key == "Run").Value as string;

    private static bool IsOfTheFlow(string category) => category.Split('.') is ["Five9Functions", "Imports" or "Normalization", ..];
}
