using Five9Functions.Imports;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using NodaTime;
using static Five9Functions.Tests.Imports.ImportData;
using static Five9Functions.Time.IntervalMath;

namespace Five9Functions.Tests.Imports;

/// <summary>
/// How long a history of 1,095 days takes with Five9's limits of February 2026 (16 reports a minute, 120 an hour, 800 a day), of
/// which 30 % are never backfill's, beside the imports of every 15 minutes. Reports land at once: only the quota counts. The day turns at midnight UTC.
/// </summary>
public sealed class BackfillDaysTests
{
    private static readonly Instant Created = At("2026-11-10T08:00:00Z");

    [TestCase(0, 87, 660)]
    [TestCase(9, 87, 681, Description = "Somebody is logged in for nine hours at any time of the day.")]
    public void AHistoryOf1095Days_IsThereInLessThanTwoDays_AndNoWindowIsUsedUp(int oldestOpenHours, int mostInAnHour, int mostInADay)
    {
        var user = new User(Duration.FromHours(oldestOpenHours));
        var ticks = 0;
        while (user.Tick(Created + ticks * Duration.FromMinutes(15)))
        {
            ticks++;
        }

        Assert.That(user.Backfilled, Is.EqualTo(1093), "1,087 days are older than the recent past; six of them have two offsets");
        Assert.That(
            (Created + ticks * Duration.FromMinutes(15), user.MostInAnHour, user.MostInADay),
            Is.EqualTo((At("2026-11-12T00:30:00Z"), mostInAnHour, mostInADay)));
    }

    /// <summary>A Five9 user who has used reports, and what the reports have told.</summary>
    private sealed class User(Duration openFor)
    {
        private readonly Queue<Interval> _backfill = new();
        private IReadOnlyList<LedgerWindow> _ledger = [];
        private int _hour;
        private int _day;

        public int Backfilled { get; private set; }

        public int MostInAnHour { get; private set; }

        public int MostInADay { get; private set; }

        /// <returns>False when nothing of the history is missing.</returns>
        public bool Tick(Instant now)
        {
            var seconds = now.ToUnixTimeSeconds();
            _hour = seconds % 3600 == 0 ? 0 : _hour;
            _day = seconds % 86400 == 0 ? 0 : _day;
            var input = new PlanInput(now, LosAngeles, new LocalDate(2023, 11, 11), Duration.FromMinutes(5), _ledger, now - openFor, [.. _backfill]);
            if (_backfill.Count == 0)
            {
                foreach (var (_, window) in Planner.Backfill(input, 31).SelectMany(w => CutByLocalDay(w, LosAngeles)).Reverse())
                {
                    _backfill.Enqueue(window);
                }
            }

            foreach (var (_, window) in Planner.Scheduled(input).SelectMany(w => CutByLocalDay(w, LosAngeles)).ToList())
            {
                Read(window, now);
            }

            // Twelve a minute: with four of sixteen left, less than the reserve is.
            for (var i = 0; i < 15 * 12 && _hour < 85 && _day < 561 && _backfill.TryDequeue(out var window); i++)
            {
                Read(window, now);
                Backfilled++;
            }

            return _backfill.Count > 0 || Planner.Backfill(input with { Ledger = _ledger, UnderWay = [] }, 31).Count > 0;
        }

        private void Read(Interval window, Instant now)
        {
            _ledger = Ledger.Land(_ledger, new JudgedLanding(Ledger.Older(_ledger, window, now)), now).Windows;
            MostInAnHour = Math.Max(MostInAnHour, ++_hour);
            MostInADay = Math.Max(MostInADay, ++_day);
        }
    }
}
