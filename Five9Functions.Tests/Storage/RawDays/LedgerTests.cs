using Five9Functions.Five9.Reports;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

public sealed class LedgerTests
{
    // ledger before | landing | ledger after | replaced
    [TestCase("", "09:00-10:00 @10:00", "09:00-10:00 @10:00", "09:00-10:00", TestName = "An empty ledger takes all")]
    [TestCase("09:00-10:00 @10:00", "09:00-10:00 @11:00", "09:00-10:00 @11:00", "09:00-10:00", TestName = "Newer over older replaces")]
    [TestCase("09:00-10:00 @11:00", "09:00-10:00 @10:00", "09:00-10:00 @11:00", "", TestName = "Older after newer changes nothing")]
    [TestCase("09:00-10:00 @11:00", "09:00-10:00 @11:00", "09:00-10:00 @11:00", "", TestName = "Equal is not older")]
    [TestCase("09:00-10:00 @10:00", "09:30-10:30 @11:00", "09:00-09:30 @10:00; 09:30-10:30 @11:00", "09:30-10:00; 10:00-10:30", TestName = "Newer overlaps the end")]
    [TestCase("09:00-10:00 @10:00", "08:30-09:30 @11:00", "08:30-09:30 @11:00; 09:30-10:00 @10:00", "08:30-09:00; 09:00-09:30", TestName = "Newer overlaps the start")]
    [TestCase("09:00-12:00 @13:00", "10:00-11:00 @14:00", "09:00-10:00 @13:00; 10:00-11:00 @14:00; 11:00-12:00 @13:00", "10:00-11:00", TestName = "Newer inside older splits it")]
    [TestCase("10:00-11:00 @14:00", "09:00-12:00 @13:00", "09:00-10:00 @13:00; 10:00-11:00 @14:00; 11:00-12:00 @13:00", "09:00-10:00; 11:00-12:00", TestName = "Older around newer fills what is left")]
    [TestCase("09:00-10:00 @14:00; 11:00-12:00 @14:00", "09:00-12:00 @13:00", "09:00-10:00 @14:00; 10:00-11:00 @13:00; 11:00-12:00 @14:00", "10:00-11:00", TestName = "Older over a gap fills just the gap")]
    [TestCase("09:00-10:00 @14:00; 11:00-12:00 @14:00", "10:00-11:00 @14:00", "09:00-12:00 @14:00", "10:00-11:00", TestName = "A gap filled with equal asOf joins both sides")]
    [TestCase("09:00-10:00 @10:00; 10:00-11:00 @12:00; 11:00-12:00 @14:00", "09:00-12:00 @13:00", "09:00-11:00 @13:00; 11:00-12:00 @14:00", "09:00-10:00; 10:00-11:00", TestName = "Across three reports only the older ones yield")]
    [TestCase("09:00-10:00 @10:00", "10:00-11:00 @11:00", "09:00-10:00 @10:00; 10:00-11:00 @11:00", "10:00-11:00", TestName = "Touching windows of different asOf stay apart")]
    [TestCase("09:00-10:00 @10:00 rows 30 empty 11:00", "09:30-10:00 @12:00", "09:00-09:30 @10:00 empty 11:00; 09:30-10:00 @12:00", "09:30-10:00", TestName = "Rows clear the doubt where they land")]
    [TestCase("09:00-10:00 @10:00 empty 11:00", "10:00-11:00 @10:00", "09:00-10:00 @10:00 empty 11:00; 10:00-11:00 @10:00", "10:00-11:00", TestName = "A doubted window does not join an undoubted one")]
    [TestCase("00:00-24:00 @10:00", "00:00-24:00 @11:00", "00:00-24:00 @11:00", "00:00-24:00", TestName = "A whole day")]
    public void Land_WithRows(string before, string landing, string after, string replaced)
    {
        var (change, doubts) = Land(Ledger(Split(before)), landing, rows: 1000, suspiciousRows: 20);

        Assert.Multiple(() =>
        {
            Assert.That(Text(change.Windows.Select(w => w with { Rows = 0 })), Is.EqualTo(Split(after)));
            Assert.That(change.Replaced.Select(p => $"{p.From:HH:mm}-{p.To:HH:mm}".Replace("-00:00", "-24:00", StringComparison.Ordinal)), Is.EqualTo(Split(replaced)));
            Assert.That(doubts, Is.EqualTo(LandingDoubts.None));
        });
    }

    // ledger before | landing | least rows that are doubted (-1: forced) | suspicious | ledger after
    [TestCase("09:00-10:00 @10:00 rows 20", "09:00-10:00 @11:00", 20, true, "09:00-10:00 @10:00 empty 11:00", TestName = "The first empty result is noted")]
    [TestCase("09:00-10:00 @10:00 rows 19", "09:00-10:00 @11:00", 20, false, "09:00-10:00 @11:00", TestName = "Few rows are given up at once")]
    [TestCase("09:00-10:00 @10:00 rows 20 empty 11:00", "09:00-10:00 @12:00", 20, false, "09:00-10:00 @12:00", TestName = "The second an hour later is believed")]
    [TestCase("09:00-10:00 @10:00 rows 20 empty 11:00", "09:00-10:00 @11:59", 20, true, "09:00-10:00 @10:00 empty 11:00", TestName = "The second within the hour is not, and does not start the hour anew")]
    [TestCase("09:00-10:00 @10:00 rows 20 empty 11:00", "09:00-10:00 @11:00", 20, true, "09:00-10:00 @10:00 empty 11:00", TestName = "The first again changes nothing")]
    [TestCase("09:00-10:00 @10:00 rows 99", "09:00-10:00 @11:00", -1, false, "09:00-10:00 @11:00", TestName = "Forced is believed")]
    [TestCase("09:00-10:00 @10:00 rows 12; 10:00-11:00 @09:00 rows 12", "09:00-11:00 @12:00", 20, true, "09:00-10:00 @10:00 empty 12:00; 10:00-11:00 @09:00 empty 12:00", TestName = "The rows of all parts count together")]
    [TestCase("09:00-10:00 @10:00 rows 12 empty 10:30; 10:00-11:00 @09:00 rows 12", "09:00-11:00 @12:00", 20, true, "09:00-10:00 @10:00 empty 10:30; 10:00-11:00 @09:00 empty 12:00", TestName = "One undoubted part keeps all")]
    [TestCase("09:00-10:00 @10:00 rows 30; 10:00-11:00 @10:00", "08:00-11:00 @12:00", 20, true, "08:00-09:00 @12:00; 09:00-10:00 @10:00 empty 12:00; 10:00-11:00 @12:00", TestName = "Gaps and empty parts are landed as empty")]
    [TestCase("09:00-10:00 @13:00 rows 30", "09:00-11:00 @12:00", 20, false, "09:00-10:00 @13:00; 10:00-11:00 @12:00", TestName = "Rows of a newer report are not in question")]
    [TestCase("09:00-10:00 @10:00", "09:00-10:00 @11:00", 0, false, "09:00-10:00 @11:00", TestName = "Where no rows are held nothing is suspicious")]
    public void Land_Empty(string before, string landing, int suspiciousRows, bool suspicious, string after)
    {
        var (change, doubts) = Land(Ledger(Split(before)), landing, rows: 0, suspiciousRows);

        Assert.Multiple(() =>
        {
            Assert.That(doubts, Is.EqualTo(suspicious ? LandingDoubts.TooSmall : LandingDoubts.None));
            Assert.That(Text(change.Windows.Select(w => w with { Rows = 0 })), Is.EqualTo(Split(after)));
        });
    }

    [Test]
    public void HourlyPiecesBackwards_MakeTheLedgerOfTheWholeDayAtOnce()
    {
        IReadOnlyList<LedgerWindow> windows = [];
        for (var hour = 23; hour >= 0; hour--)
        {
            var landing = $"{hour:00}:00-{hour + 1:00}:00 @20:00";
            windows = Land(windows, landing, rows: 1000, suspiciousRows: 20).Change.Windows;
        }

        Assert.That(Text(windows), Is.EqualTo(new[] { "00:00-24:00 @20:00" }));
    }

    [Test]
    public void Same_ComparesEverythingButTheCounts()
    {
        var windows = Ledger("09:00-10:00 @10:00 rows 3 empty 11:00");

        Assert.Multiple(() =>
        {
            Assert.That(Five9Functions.Storage.RawDays.Ledger.Same(windows, Ledger("09:00-10:00 @10:00 rows 4 empty 11:00")), Is.True);
            Assert.That(Five9Functions.Storage.RawDays.Ledger.Same(windows, Ledger("09:00-10:00 @10:00 rows 3")), Is.False);
            Assert.That(Five9Functions.Storage.RawDays.Ledger.Same(windows, Ledger("09:00-10:00 @10:01 rows 3 empty 11:00")), Is.False);
        });
    }

    // ledger before | landing | readable rows | unreadable rows | columns gone | doubts | ledger after
    [TestCase("09:00-10:00 @10:00 rows 20", "09:00-10:00 @11:00", 10, 0, false, LandingDoubts.None, "09:00-10:00 @11:00", TestName = "Half of the rows is believed")]
    [TestCase("09:00-10:00 @10:00 rows 20", "09:00-10:00 @11:00", 9, 0, false, LandingDoubts.TooSmall, "09:00-10:00 @10:00 empty 11:00", TestName = "Less than half is not")]
    [TestCase("09:00-10:00 @10:00 rows 20 empty 11:00", "09:00-10:00 @12:00", 9, 0, false, LandingDoubts.None, "09:00-10:00 @12:00", TestName = "An hour later it is")]
    [TestCase("09:00-10:00 @10:00 rows 19", "09:00-10:00 @11:00", 1, 0, false, LandingDoubts.None, "09:00-10:00 @11:00", TestName = "Of 19 rows nothing follows")]
    [TestCase("09:00-10:00 @10:00 rows 5", "09:00-10:00 @11:00", 2, 3, false, LandingDoubts.Unreadable, "09:00-10:00 @10:00 unreadable 11:00", TestName = "What could not be read may be what is held")]
    [TestCase("09:00-10:00 @10:00 rows 5 unreadable 11:00", "09:00-10:00 @13:00", 2, 3, false, LandingDoubts.Unreadable, "09:00-10:00 @10:00 unreadable 13:00", TestName = "Time alone never confirms it")]
    [TestCase("09:00-10:00 @10:00 rows 5 unreadable 11:00", "09:00-10:00 @11:15", 5, 0, false, LandingDoubts.None, "09:00-10:00 @11:15", TestName = "A report that can be read replaces it")]
    [TestCase("09:00-10:00 @10:00 rows 5 unreadable 11:00", "09:00-10:00 @11:15", 2, 0, false, LandingDoubts.None, "09:00-10:00 @11:15", TestName = "Also a smaller one")]
    [TestCase("09:00-10:00 @10:00 rows 5", "09:00-10:00 @11:00", 2, 2, false, LandingDoubts.None, "09:00-10:00 @11:00", TestName = "Fewer than are missing explain nothing")]
    [TestCase("09:00-10:00 @10:00 rows 5", "09:00-10:00 @11:00", 0, 1, false, LandingDoubts.Unreadable, "09:00-10:00 @10:00 unreadable 11:00", TestName = "Of which nothing could be read replaces nothing")]
    [TestCase("09:00-10:00 @10:00 rows 5", "09:00-10:00 @11:00", 5, 9, false, LandingDoubts.None, "09:00-10:00 @11:00", TestName = "Where nothing is missing, bad rows do no harm")]
    [TestCase("09:00-10:00 @10:00 rows 30 empty 11:00", "09:00-10:00 @11:30", 3, 28, false, LandingDoubts.TooSmall | LandingDoubts.Unreadable, "09:00-10:00 @10:00 empty 11:00 unreadable 11:30", TestName = "An earlier doubt stays beside it")]
    [TestCase("09:00-10:00 @10:00 rows 30 empty 11:00", "09:00-10:00 @11:30", 30, 0, false, LandingDoubts.None, "09:00-10:00 @11:30", TestName = "A whole report ends the doubt")]
    [TestCase("09:00-10:00 @10:00 rows 3", "09:00-10:00 @11:00", 3, 0, true, LandingDoubts.ColumnGone, "09:00-10:00 @10:00 gone 11:00", TestName = "A column that held rows fill is gone")]
    [TestCase("09:00-10:00 @10:00 rows 3 gone 11:00", "09:00-10:00 @11:59", 3, 0, true, LandingDoubts.ColumnGone, "09:00-10:00 @10:00 gone 11:00", TestName = "And again within the hour")]
    [TestCase("09:00-10:00 @10:00 rows 3 gone 11:00", "09:00-10:00 @12:00", 3, 0, true, LandingDoubts.None, "09:00-10:00 @12:00", TestName = "And again an hour later")]
    [TestCase("09:00-10:00 @10:00 rows 3 gone 11:00", "09:00-10:00 @11:30", 3, 0, false, LandingDoubts.None, "09:00-10:00 @11:30", TestName = "The column is back")]
    [TestCase("09:00-10:00 @10:00 rows 30 gone 11:00", "09:00-10:00 @12:00", 3, 0, true, LandingDoubts.TooSmall, "09:00-10:00 @10:00 empty 12:00 gone 11:00", TestName = "A confirmed doubt does not confirm another")]
    [TestCase("09:00-10:00 @10:00 rows 30", "08:00-11:00 @12:00", 3, 0, false, LandingDoubts.TooSmall, "08:00-09:00 @12:00; 09:00-10:00 @10:00 empty 12:00; 10:00-11:00 @12:00", TestName = "Parts that were never landed take their rows")]
    [TestCase("", "09:00-10:00 @11:00", 0, 9, false, LandingDoubts.None, "09:00-10:00 @11:00", TestName = "Where nothing is held nothing stays")]
    public void Land_Doubted(string before, string landing, int rows, int unreadable, bool columnsGone, LandingDoubts expected, string after)
    {
        var (change, doubts) = Land(Ledger(Split(before)), landing, rows, suspiciousRows: 20, unreadable, columnsGone);
        var (forced, none) = Land(Ledger(Split(before)), landing, rows, suspiciousRows: -1, unreadable, columnsGone);

        Assert.Multiple(() =>
        {
            Assert.That(doubts, Is.EqualTo(expected));
            Assert.That(Text(change.Windows.Select(w => w with { Rows = 0 })), Is.EqualTo(Split(after)));
            Assert.That(none, Is.EqualTo(LandingDoubts.None));
            Assert.That(forced.Windows.Any(w => w.InDoubt), Is.False);
        });
    }

    // allowed by the ledger | readable rows | unreadable rows | columns gone | the rows that are held are counted
    [TestCase(100, 50, 0, false, false)]
    [TestCase(100, 49, 0, false, true)]
    [TestCase(19, 0, 0, false, false)]
    [TestCase(19, 18, 1, false, true)]
    [TestCase(19, 19, 1, false, false)]
    [TestCase(1, 1, 0, true, true)]
    [TestCase(0, 0, 9, true, false)]
    public void HeldRowsAreCounted_OnlyWhereTheResultMayLackSome(int allowed, int rows, int unreadable, bool columnsGone, bool counted)
    {
        var landing = RawDayTestData.Landing("09:00", "10:00", "11:00");
        landing = landing with { Content = landing.Content with { Unreadable = unreadable } };

        Assert.That(LandingJudge.NeedsCount(landing, allowed, rows, columnsGone), Is.EqualTo(counted));
        Assert.That(LandingJudge.NeedsCount(landing with { Force = true }, allowed, rows, columnsGone), Is.False);
    }

    /// <param name="rows">Readable rows of the landing.</param>
    /// <param name="suspiciousRows">Below zero: forced.</param>
    private static (LedgerChange Change, LandingDoubts Doubts) Land(IReadOnlyList<LedgerWindow> windows, string landing, int rows, int suspiciousRows, int unreadable = 0, bool columnsGone = false)
    {
        var l = Ledger(landing)[0];
        IReadOnlyList<LedgerPart> parts = [.. Five9Functions.Storage.RawDays.Ledger.Older(windows, new(l.From, l.To), l.AsOf).Select(p => p with { Rows = p.Held?.Rows ?? 0 })];
        var result = new Landing(new(l.From, l.To), l.AsOf, new ReportContent(rows, 0, 0, [], []) { Unreadable = unreadable }, suspiciousRows, Force: suspiciousRows < 0);
        var judged = LandingJudge.Judge(new LandingFacts(result, parts, rows, columnsGone ? ["REASON CODE"] : []));
        return (Five9Functions.Storage.RawDays.Ledger.Land(windows, judged, l.AsOf), judged.Doubts);
    }

    private static string[] Split(string text) => text.Split("; ", StringSplitOptions.RemoveEmptyEntries);
}
