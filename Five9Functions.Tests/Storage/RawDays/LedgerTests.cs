using Five9Functions.Storage;
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
        var change = Land(Ledger(Split(before)), landing, isEmpty: false, suspiciousRows: 20);

        Assert.Multiple(() =>
        {
            Assert.That(Text(change.Windows.Select(w => w with { Rows = 0 })), Is.EqualTo(Split(after)));
            Assert.That(change.Replaced.Select(p => $"{p.From:HH:mm}-{p.To:HH:mm}".Replace("-00:00", "-24:00", StringComparison.Ordinal)), Is.EqualTo(Split(replaced)));
            Assert.That(change.Suspicious, Is.False);
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
        var change = Land(Ledger(Split(before)), landing, isEmpty: true, suspiciousRows < 0 ? null : suspiciousRows);

        Assert.Multiple(() =>
        {
            Assert.That(change.Suspicious, Is.EqualTo(suspicious));
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
            windows = Land(windows, landing, isEmpty: false, suspiciousRows: 20).Windows;
        }

        Assert.That(Text(windows), Is.EqualTo(new[] { "00:00-24:00 @20:00" }));
    }

    [Test]
    public void Same_ComparesEverythingButTheCounts()
    {
        var windows = Ledger("09:00-10:00 @10:00 rows 3 empty 11:00");

        Assert.Multiple(() =>
        {
            Assert.That(Five9Functions.Storage.Ledger.Same(windows, Ledger("09:00-10:00 @10:00 rows 4 empty 11:00")), Is.True);
            Assert.That(Five9Functions.Storage.Ledger.Same(windows, Ledger("09:00-10:00 @10:00 rows 3")), Is.False);
            Assert.That(Five9Functions.Storage.Ledger.Same(windows, Ledger("09:00-10:00 @10:01 rows 3 empty 11:00")), Is.False);
        });
    }

    private static LedgerChange Land(IReadOnlyList<LedgerWindow> windows, string landing, bool isEmpty, int? suspiciousRows)
    {
        var l = Ledger(landing)[0];
        IReadOnlyList<LedgerPart> parts = [.. Five9Functions.Storage.Ledger.Older(windows, new(l.From, l.To), l.AsOf).Select(p => p with { Rows = p.Held?.Rows ?? 0 })];
        return Five9Functions.Storage.Ledger.Land(windows, parts, l.AsOf, isEmpty, suspiciousRows);
    }

    private static string[] Split(string text) => text.Split("; ", StringSplitOptions.RemoveEmptyEntries);
}
