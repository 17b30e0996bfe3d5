using Five9Functions.Imports;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;
using static Five9Functions.Time.IntervalMath;

namespace Five9Functions.Tests.Imports;

/// <summary>A tick every 15 minutes for days, each landing what it planned at once: what an integration costs of Five9's 800 reports a day.</summary>
public sealed class PlannerDayTests
{
    private static readonly Duration Tick = Duration.FromMinutes(15);

    [TestCase(0, 132, Description = "No state is open: 96 times the last two hours, the rest tiers and midnight.")]
    [TestCase(9, 153, Description = "Somebody is logged in for nine hours at any time of the day.")]
    [TestCase(100, 198, Description = "Somebody forgot to log out.")]
    public void ASteadyDay_TakesThisManyReports(int oldestOpenHours, int reports)
    {
        var day = new Ticks(At("2026-11-10T08:00:00Z")) { OpenFor = Duration.FromHours(oldestOpenHours) };
        day.Run(days: 10);

        Assert.That(day.Run(days: 1), Is.EqualTo(reports));
    }

    [TestCase(0, 264)]
    [TestCase(9, 285)]
    [TestCase(100, 330)]
    public void ASteadyDayOfBothReports_LeavesMoreThanHalfOfTheQuota(int oldestOpenHours, int reports)
    {
        var states = new Ticks(At("2026-11-10T08:00:00Z")) { OpenFor = Duration.FromHours(oldestOpenHours) };
        var calls = new Ticks(At("2026-11-10T08:00:00Z")) { OpenFor = null };
        states.Run(days: 10);
        calls.Run(days: 10);

        Assert.That(states.Run(days: 1) + calls.Run(days: 1), Is.EqualTo(reports));
    }

    [Test]
    public void EveryInstantOfTheHistory_IsCoveredAfterTheFirstTickAndAfterAPause()
    {
        var day = new Ticks(At("2026-11-10T08:00:00Z"));
        day.Run(days: 1);
        Assert.That(day.Covered, Is.EqualTo(new[] { "2026-11-02T08:00:00Z/2026-11-11T07:40:00Z" }));

        day.Pause(Duration.FromHours(50));
        day.Run(days: 1);
        Assert.That(day.Covered, Is.EqualTo(new[] { "2026-11-02T08:00:00Z/2026-11-14T09:40:00Z" }));
    }

    /// <summary>A ledger that is landed in at once, and its clock.</summary>
    private sealed class Ticks(Instant now)
    {
        private Instant _now = now;
        private IReadOnlyList<LedgerWindow> _ledger = [];

        public Duration? OpenFor { get; init; }

        public string[] Covered => Text(Merge(_ledger.Select(w => new Interval(w.From, w.To))));

        public void Pause(Duration length) => _now += length;

        /// <returns>The slices planned.</returns>
        public int Run(int days)
        {
            var planned = 0;
            for (var i = 0; i < days * 96; i++, _now += Tick)
            {
                var input = new PlanInput(_now, LosAngeles, new LocalDate(2026, 11, 2), Duration.FromMinutes(5), _ledger, OpenFor is { } length ? _now - length : null, []);
                foreach (var (_, window) in Planner.Scheduled(input).SelectMany(w => CutByLocalDay(w, LosAngeles)).ToList())
                {
                    planned++;
                    _ledger = Ledger.Land(_ledger, new JudgedLanding(Ledger.Older(_ledger, window, _now)), _now).Windows;
                }
            }

            return planned;
        }
    }
}
