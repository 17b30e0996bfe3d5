using Five9Functions.LocalHost.Import;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class FileWindowsTests
{
    [TestCase("1", "1-1", TestName = "OneDay")]
    [TestCase("1 2 3", "1-3", TestName = "Neighbours")]
    [TestCase("1 8", "1-8", TestName = "AWeekBetween_IsAskedForToo")]
    [TestCase("1 9 10 29", "1-1 9-10 29-29", TestName = "MoreThanAWeekBetween_IsNot")]
    [TestCase("", "", TestName = "NoDay")]
    public void Of(string days, string windows)
    {
        var read = days.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(day => new LocalDate(2026, 8, int.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

        Assert.That(string.Join(' ', FileWindows.Of(read).Select(w => $"{w.First.Day}-{w.Last.Day}")), Is.EqualTo(windows));
    }
}
