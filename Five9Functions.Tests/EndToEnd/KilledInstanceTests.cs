using Five9Functions.Calls;
using Five9Functions.Runs;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>An instance can die between any two lines: here before every write to storage, one after the other.</summary>
[CancelAfter(240_000)]
public sealed class KilledInstanceTests : EndToEndTest
{
    private const string Calls = """
        CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED
        1,"Mon, 02 Nov 2026 23:59:50",Sales,Inbound,ann,00:00:05,00:00:03,00:0{0}:00,00:00:00,00:00:00,00:00:10,0
        """;

    /// <param name="calls">How many the call log holds; with none, only agent states are imported.</param>
    /// <param name="every">At each so-many-th write: those of both reports are twice as many and mostly of the same kind.</param>
    /// <param name="least">The writes of a run that are tried.</param>
    /// <param name="most">As <paramref name="least"/>.</param>
    [TestCase(0, 1, 25, 45)]
    [TestCase(1, 5, 9, 19)]
    public async Task AnInstanceThatDiesAtAnyWrite_LeavesNothingThatIsNotMadeGood(int calls, int every, int least, int most)
    {
        var rows = new StateRows();
        var callLog = new CallRows("");
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows, Calls = calls > 0 ? callLog : null, Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" } });
        app.Log.Expect("The process ends here.");
        var kill = new Kill(app.Clock);
        app.Traffic.Before = kill.AtAsync;

        for (var write = 1; write == 1 || kill.Happened; write += every)
        {
            kill.Arm(write);
            var minute = (write % 59) + 1;
            app.Clock.Advance(Duration.FromHours(1));
            rows.Rows =
            [
                new("anna", "Ready", $"2026-11-02T20:{minute:00}:00Z", "2026-11-02T22:00:00Z"),
                new("ben", "Ready", "2026-11-02T23:00:00Z", $"2026-11-03T08:{minute:00}:00Z"),
            ];

            callLog.Csv = Calls.Replace("{0}", $"{write % 10}", StringComparison.Ordinal);

            var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
            await app.Host.WhenIdleAsync(Token);
            for (var ticks = 0; ticks < 2 && (await app.FoldAsync(run, Token)).Status != RunStatus.Succeeded; ticks++)
            {
                app.Clock.Advance(Duration.FromMinutes(16));
                await app.TickAsync(Token);
            }

            var fold = await app.FoldAsync(run, Token);
            Assert.That((fold.Status, fold.Landed), Is.EqualTo((RunStatus.Succeeded, 2 + calls)), kill.Where);
            Assert.That(await app.RowsAsync("Five9Users", Token), Has.One.Contains("OpenRuns='[]'").And.One.Contains("UnderWay='[]'"), kill.Where);
            Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
            {
                $"anna Ready 20:{minute:00}:00-22:00:00",
                "ben Ready 23:00:00-08:00:00, continues on the next day",
            }), kill.Where);
            Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { $"ben Ready 08:00:00-08:{minute:00}:00, continues from the previous day" }), kill.Where);
            Assert.That(app.Five9.Calls["runReport"], Is.LessThanOrEqualTo((write * (1 + calls)) + kill.Count), kill.Where);
            if (calls > 0)
            {
                var figures = (await app.Get<QueueIntervalsTable>().ReadAsync("acme", new LocalDate(2026, 11, 2), QueueGrouping.Campaign, Token))!.Single();
                Assert.That((figures.Queue, figures.Figures.Answered, figures.Figures.TalkSeconds), Is.EqualTo(("Sales", 1, 60L * (write % 10))), kill.Where);
            }
        }

        Assert.That(kill.Count, Is.InRange(least, most));
        Assert.That(await app.AnyPoisonAsync(Token), Is.False);
    }

    /// <summary>Ends whatever sends the n-th write after a run's job was sent.</summary>
    private sealed class Kill(TestClock clock)
    {
        private readonly Lock _lock = new();
        private bool _sent;
        private int _left;

        public bool Happened { get; private set; }

        public int Count { get; private set; }

        /// <summary>For the message of a failed assertion.</summary>
        public string Where { get; private set; } = "";

        public void Arm(int write)
        {
            lock (_lock)
            {
                (_sent, _left, Happened, Where) = (false, write, false, $"write {write} never came");
            }
        }

        public Task AtAsync(StorageRequest request)
        {
            lock (_lock)
            {
                if (_sent && request.CanWrite && --_left == 0)
                {
                    Happened = true;
                    Count++;
                    Where = $"killed at {request.Method} {request.Path}";

                    // Until somebody else works on its message, the turn that it had has ended.
                    clock.Advance(Duration.FromMinutes(1));
                    throw new InvalidOperationException("The process ends here.");
                }

                _sent |= request.Message is { Queue: "import-jobs" };
                return Task.CompletedTask;
            }
        }
    }
}
