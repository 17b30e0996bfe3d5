using Five9Functions.Runs;
using NodaTime;
using static Five9Functions.Tests.EndToEnd.Kills.KillScenario;
using static Five9Functions.Tests.EndToEnd.Kills.KillStep;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>One kill at each step of the protocols that docs/architecture.md describes. <see cref="InstanceLife"/> says what a kill is.</summary>
[CancelAfter(240_000)]
public sealed class KillAtEachStepTests : EndToEndTest
{
    private static readonly KillStep[] Steps =
    [
        // Opening a run. Nobody has a message yet: the watchdog finds it. A kill before its row is in KilledTickTests.
        After("run row | import-jobs", r => r.Adds("ImportRuns"), ticks: 1),
        After("import-jobs | its answer", r => r.Sends("import-jobs")),

        // Planning.
        After("plan | slice rows", r => r.Changes("ImportRuns", "\"Plan\":")),
        After("first slice row | the others", r => r.Adds("ImportSlices")),
        After("last slice row | planned = n", r => r.Adds("ImportSlices"), nth: 2),
        After("planned = n | first places", r => r.Changes("ImportRuns", "\"Planned\":2")),
        After("first places | the slices' rows", r => r.Changes("Five9Users", "\"UnderWay\":\"[{")),
        After("slice row Requesting | its message", r => r.Changes("ImportSlices", "\"Requesting\"")),
        After("message of the first slice | row of the second", r => r.Sends("agent-state-reports", "\"step\":1")),
        Before("all messages of a run's start | import-jobs is settled", r => r.Settles("import-jobs")),

        // The calls to Five9, each under the user's lease.
        After("lease | runReport", r => r.Changes("Five9Users", "\"LeaseUntil\":")),
        Before("lease | runReport is sent", r => r.Call == "runReport"),
        After("runReport | slice row Running: the report's id is lost", r => r.Call == "runReport", again: "runReport"),
        After("slice row Running | its message", r => r.Changes("ImportSlices", "\"Running\"")),
        After("message to poll | lease is released", r => r.Sends("agent-state-reports", "\"step\":2")),
        After("poll | slice row Fetching", r => r.Call == "isReportRunning", again: "isReportRunning"),
        After("slice row Fetching | its message", r => r.Changes("ImportSlices", "\"Fetching\"")),
        Before("step done | agent-state-reports is settled", r => r.Settles("agent-state-reports")),
        After("download | first block", r => r.Call == "getReportResultCsv", again: "getReportResultCsv"),

        // Landing.
        After("block of quarantined rows | block of rows", r => r.Stages("quarantined"), again: "getReportResultCsv"),
        After("block of rows | block of the header", r => r.Stages("rows"), again: "getReportResultCsv"),
        After("block of the header | commit", r => r.Stages("header"), again: "getReportResultCsv"),
        After("raw day committed | slice row Normalizing", r => r.Commits(), again: "getReportResultCsv"),
        After("second raw day committed | slice row Normalizing", r => r.Commits(), nth: 2, again: "getReportResultCsv"),
        After("slice row Normalizing | its message", r => r.Changes("ImportSlices", "\"Normalizing\"")),
        After("message to normalize | first normalize-jobs", r => r.Sends("agent-state-reports", "\"step\":4")),
        After("first normalize-jobs | second", r => r.Sends("normalize-jobs")),
        After("last normalize-jobs of a slice | settled", r => r.Sends("normalize-jobs"), nth: 3),

        // Splitting.
        Before("cut result | first half", r => r.Adds("ImportSlices"), nth: 3, again: "getReportResultCsv"),
        After("first half | second half", r => r.Adds("ImportSlices"), nth: 3, again: "getReportResultCsv"),
        After("second half | parent's end", r => r.Adds("ImportSlices"), nth: 4, again: "getReportResultCsv"),
        After("parent's end | places of the halves", r => r.Changes("ImportSlices", "\"Split\"")),
        After("place of a half | its row", r => r.Changes("Five9Users", "agent-states|2026-11-04T20:00:00Z")),
        After("row of a half | its message", r => r.Changes("ImportSlices", "\"Requesting\"", "2026-11-04T20:00:00Z|")),
        After("message of a half | its answer", r => r.Sends("agent-state-reports", "2026-11-04T20:00:00Z|")),

        // Projection: each transaction of the newer day, then the day's own row, then the slice's end.
        Before("raw days read | first transaction", r => r.Transacts(Newer, rows: true)),
        After("first transaction | second", r => r.Transacts(Newer, rows: true)),
        After("second transaction | third", r => r.Transacts(Newer, rows: true), nth: 2),
        Before("third transaction | last", r => r.Transacts(Newer, rows: true), nth: 4),
        After("last transaction | ReportDays", r => r.Transacts(Newer, rows: true), nth: 4),
        After("manifest alone | ReportDays", r => r.Transacts(Newer, rows: false)) with { HalvesInTurn = true },
        After("ReportDays | next day, slice's end", r => r.Adds("ReportDays")),
        Before("ReportDays | slice row Done", r => r.Changes("ImportSlices", "\"Done\"")),
        Before("day done | normalize-jobs is settled", r => r.Settles("normalize-jobs")),

        // The end of a slice, and of the run.
        After("slice row Done | place of the next slice", r => r.Changes("ImportSlices", "\"Done\"")),
        After("place of the next slice | its row", r => r.Changes("Five9Users", "agent-states|2026-11-04T08:00:00Z|2026-11-04T20:00:00Z")),
        After("row of the next slice | its message", r => r.Changes("ImportSlices", "\"Requesting\"", "agent-states|2026-11-04T08:00:00Z|2026-11-04T20:00:00Z")),
        After("last slice row Done | run's end", r => r.Changes("ImportSlices", "\"Done\""), nth: 3),
        After("run's end | list of open runs", r => r.Changes("ImportRuns", "\"FinishedAt\":")),
        After("list of open runs | normalize-jobs is settled", r => r.Changes("Five9Users", "\"OpenRuns\":\"[]\"")),
    ];

    [Test]
    public async Task TheUndisturbedImport_HasWhatAKillCouldGetWrong()
    {
        var (fold, slices, storage) = await UndisturbedOutcome;

        Assert.That((fold.Status, fold.Slices, fold.Landed, fold.Quarantined), Is.EqualTo((RunStatus.Succeeded, 3, 545, 1)));
        Assert.That(slices, Has.One.Contains("Split"));
        Assert.That(storage.Count(line => line.Contains("/ anna|", StringComparison.Ordinal)), Is.EqualTo(136));
    }

    [TestCaseSource(nameof(Steps))]
    public async Task AKill_LeavesNothingThatIsNotMadeGood(object at)
    {
        var step = (KillStep)at;
        var app = await StartAsync(Setup);
        app.KillAt = step.Once();
        if (step.HalvesInTurn)
        {
            app.Traffic.LoseNext(IsOlderHalf);
        }

        await UnlessKilledAsync(() => OpenAsync(app, Token));
        if (step.HalvesInTurn)
        {
            await UnlessKilledAsync(() => app.Host.WhenIdleAsync(Token));
            app.Traffic.LoseNext(_ => false);
            await app.QueueOf(StorageTraffic.LostQueue).ClearMessagesAsync(Token);

            // None where the kill came sooner: the newer half landed between two jobs of its day.
            foreach (var begin in app.Traffic.Messages.Where(IsOlderHalf).Take(1))
            {
                await app.SendAsync(begin, Token);
            }
        }

        await Task.WhenAny(app.Killed, UnlessKilledAsync(() => app.Host.WhenIdleAsync(Token)));
        Assert.That(app.Killed.IsCompleted, Is.True, "The kill never came.");

        // The lease of the dead ends after a minute, its messages come back after ten.
        app.Clock.Advance(Duration.FromMinutes(10));
        await app.ReviveAsync(Token);
        await app.Host.WhenIdleAsync(Token);
        for (var tick = 0; tick < step.Ticks; tick++)
        {
            app.Clock.Advance(Duration.FromMinutes(16));
            await app.TickAsync(Token);
        }

        Assert.That(await Settled.ProblemsAsync(app.ConnectionString, Token), Is.Empty);
        Assert.That(await Settled.PoisonAsync(app.ConnectionString, Token), Is.Zero);
        var (fold, slices, storage) = await OutcomeAsync(app, Token);
        var undisturbed = await UndisturbedOutcome;
        Assert.That(storage, Is.EqualTo(undisturbed.Storage));
        Assert.That(slices, Is.EqualTo(undisturbed.Slices));
        Assert.That(fold.Landed, Is.EqualTo(545));
        string[] again = [.. app.Five9.Calls.SelectMany(c => Enumerable.Repeat(c.Key, c.Value - undisturbed.Calls.GetValueOrDefault(c.Key)))];
        Assert.That(again, step.Again is null ? Has.Length.LessThanOrEqualTo(1) : Is.EqualTo(new[] { step.Again }));
    }

    private static bool IsOlderHalf(SentMessage message) => message.Json.Contains("agent-states|2026-11-04T08:00:00Z|2026-11-04T20:00:00Z", StringComparison.Ordinal);

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
