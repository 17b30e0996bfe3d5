using Five9Functions.Imports;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>An instance can die between any two lines: here before every write to storage, one after the other.</summary>
[CancelAfter(240_000)]
public sealed class KilledInstanceTests : EndToEndTest
{
    [Test]
    public async Task AnInstanceThatDiesAtAnyWrite_LeavesNothingThatIsNotMadeGood()
    {
        var rows = new StateRows();
        var app = await StartAsync(new TestSetup { Now = "2026-11-03T12:00:00Z", Rows = rows, Settings = new Dictionary<string, string?> { ["Integrations:acme:Paused"] = "true" } });
        app.Log.Expect("The process ends here.");
        var kill = new Kill(app.Clock);
        app.Traffic.Before = kill.AtAsync;

        for (var write = 1; write == 1 || kill.Happened; write++)
        {
            kill.Arm(write);
            app.Clock.Advance(Duration.FromHours(1));
            rows.Rows =
            [
                new("anna", "Ready", $"2026-11-02T20:{write % 60:00}:00Z", "2026-11-02T22:00:00Z"),
                new("ben", "Ready", "2026-11-02T23:00:00Z", $"2026-11-03T08:{write % 60:00}:00Z"),
            ];

            var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
            await app.Host.WhenIdleAsync(Token);
            for (var ticks = 0; ticks < 2 && (await app.FoldAsync(run, Token)).Status != RunStatus.Succeeded; ticks++)
            {
                app.Clock.Advance(Duration.FromMinutes(16));
                await app.TickAsync(Token);
            }

            var fold = await app.FoldAsync(run, Token);
            Assert.That((fold.Status, fold.Landed), Is.EqualTo((RunStatus.Succeeded, 2)), kill.Where);
            Assert.That(await app.RowsAsync("Five9Users", Token), Has.One.Contains("OpenRuns='[]'").And.One.Contains("UnderWay='[]'"), kill.Where);
            Assert.That(await app.TimelineAsync("2026-11-02", Token), Is.EqualTo(new[]
            {
                $"anna Ready 20:{write % 60:00}:00-22:00:00",
                "ben Ready 23:00:00-08:00:00, continues on the next day",
            }), kill.Where);
            Assert.That(await app.TimelineAsync("2026-11-03", Token), Is.EqualTo(new[] { $"ben Ready 08:00:00-08:{write % 60:00}:00, continues from the previous day" }), kill.Where);
            Assert.That(app.Five9.Calls["runReport"], Is.LessThanOrEqualTo(write + kill.Count), kill.Where);
        }

        Assert.That(kill.Count, Is.InRange(25, 45)); // the writes of a run
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
