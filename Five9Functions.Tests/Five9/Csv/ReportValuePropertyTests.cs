using System.Globalization;
using System.Text.RegularExpressions;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.Tests.Five9.Csv;

/// <summary>
/// Random starts and lengths, written in every form that is accepted, are read as what was written; and of random texts near these forms
/// exactly those are read that a slow reader of one pattern a form reads, as the same values.
/// </summary>
public sealed partial class ReportValuePropertyTests
{
    private const int Cases = 20_000;
    private const string Letters = "0123456789:/-. ,TZAPMapmFriAug+E";

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    [Test]
    public void AStart_InEveryForm_IsReadAsItWasWritten()
    {
        var random = new Random(20_261_102);
        for (var i = 0; i < Cases; i++)
        {
            var (time, order) = (Time(random), random.Next(2) == 0 ? DateOrder.Dmy : DateOrder.Mdy);
            var (date, offset) = (Date(random, time, order), Offset(random));
            var text = $"{date}{(char.IsAsciiLetter(date[0]) || random.Next(2) == 0 ? " " : "T")}{TimeOfDay(random, time)}{offset.Text}";
            var expected = new ReportedTime(LocalDateTime.FromDateTime(time), offset.Value);

            Assert.That(ReportTime.TryParse(text, order, out var reported), Is.True, text);
            Assert.That(reported, Is.EqualTo(expected), text);
        }
    }

    [Test]
    public void ATextNearAStart_IsReadAsTheSlowReaderReadsIt()
    {
        var random = new Random(11_022_026);
        var read = 0;
        for (var i = 0; i < Cases * 5; i++)
        {
            var (time, order) = (Time(random), (DateOrder?)(random.Next(3) is var o and < 2 ? (DateOrder)o : null));
            var date = Date(random, time, (DateOrder)random.Next(2));
            var text = Broken(random, $"{date} {TimeOfDay(random, time)}{Offset(random).Text}");

            var slow = SlowStart(text, order);
            Assert.That(ReportTime.TryParse(text, order, out var reported) ? reported : (ReportedTime?)null, Is.EqualTo(slow), $"'{text}' {order}");
            read += slow is null ? 0 : 1;
        }

        Assert.That(read, Is.InRange(Cases / 2, Cases * 4), "Both outcomes come often.");
    }

    [Test]
    public void ALength_InEveryForm_IsReadAsItWasWritten()
    {
        var random = new Random(345);
        for (var i = 0; i < Cases; i++)
        {
            var milliseconds = random.NextInt64(random.Next(2) == 0 ? 100_000 : 359_999_999_999);
            var (text, expected) = Length(random, milliseconds);

            Assert.That(ReportDuration.ReadMilliseconds(text, out var read), Is.EqualTo(ReportDurationKind.Value), text);
            Assert.That(read, Is.EqualTo(expected), text);
        }
    }

    [Test]
    public void ATextNearALength_IsReadAsTheSlowReaderReadsIt()
    {
        var random = new Random(543);
        var read = 0;
        for (var i = 0; i < Cases * 5; i++)
        {
            var text = Broken(random, Length(random, random.NextInt64(100_000_000)).Text);

            var slow = SlowLength(text);
            Assert.That(ReportDuration.ReadMilliseconds(text, out var milliseconds) == ReportDurationKind.Value ? milliseconds : (long?)null, Is.EqualTo(slow), $"'{text}'");
            read += slow is null ? 0 : 1;
        }

        Assert.That(read, Is.InRange(Cases / 2, Cases * 4), "Both outcomes come often.");
    }

    private static DateTime Time(Random random) => new DateTime(1900, 1, 1).AddSeconds(random.NextInt64(7100L * 365 * 86_400));

    private static string Date(Random random, DateTime time, DateOrder order)
    {
        var (separator, padded) = ("/-."[random.Next(3)], random.Next(2) == 0 ? "00" : "0");
        var (day, month) = (time.Day.ToString(padded, Invariant), time.Month.ToString(padded, Invariant));
        return random.Next(3) switch
        {
            0 => time.ToString("ddd, ", Invariant) + day + time.ToString(" MMM yyyy", Invariant),
            1 => $"{time.Year:0000}{separator}{month}{separator}{day}",
            _ => order == DateOrder.Dmy ? $"{day}{separator}{month}{separator}{time.Year:0000}" : $"{month}{separator}{day}{separator}{time.Year:0000}",
        };
    }

    private static string TimeOfDay(Random random, DateTime time)
    {
        var fraction = random.Next(3) == 0 ? $"{".,"[random.Next(2)]}{random.Next(1_000_000)}" : "";
        return random.Next(3) switch
        {
            0 => time.ToString("HH:mm:ss", Invariant) + fraction,
            1 => time.ToString("H:mm:ss", Invariant) + fraction,
            _ => time.ToString("h:mm:ss", Invariant) + fraction + new[] { "", " " }[random.Next(2)] + time.ToString(random.Next(2) == 0 ? "tt" : "tt", Invariant),
        };
    }

    private static (string Text, Offset? Value) Offset(Random random)
    {
        var (hours, minutes, minus) = (random.Next(14), random.Next(60), random.Next(2) == 0);
        var value = NodaTime.Offset.FromSeconds((minus ? -1 : 1) * ((hours * 60) + minutes) * 60);
        return random.Next(6) switch
        {
            0 => ("Z", NodaTime.Offset.Zero),
            1 => (" UTC", NodaTime.Offset.Zero),
            2 => ($"{(minus ? '-' : '+')}{hours:00}:{minutes:00}", value),
            3 => ($" {(minus ? '-' : '+')}{hours:00}{minutes:00}", value),
            _ => ("", null),
        };
    }

    private static (string Text, long Milliseconds) Length(Random random, long milliseconds)
    {
        var mark = ".,"[random.Next(2)];
        var (seconds, whole) = (milliseconds / 1000, milliseconds / 1000 * 1000);
        var (hours, minutes, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        return random.Next(5) switch
        {
            0 => ($"{hours:00}:{minutes:00}:{second:00}", whole),
            1 => ($"{hours}:{minutes:00}:{second:00}{mark}{milliseconds % 1000:000}", milliseconds),
            2 when hours == 0 => ($"{minutes:00}:{second:00}{mark}{milliseconds % 1000 / 100}", milliseconds / 100 * 100),
            3 when seconds < 10_000_000 => ($"{seconds}", whole),
            4 when seconds < 10_000_000 => ($"{seconds}{mark}{milliseconds % 1000 / 10:00}", milliseconds / 10 * 10),
            _ => ($"{hours:0000}:{minutes:00}:{second:00}", whole),
        };
    }

    /// <summary>The text with one to three of its characters changed, added or taken out; now and then as it is.</summary>
    private static string Broken(Random random, string text)
    {
        for (var changes = random.Next(3); changes > 0; changes--)
        {
            var at = random.Next(text.Length);
            var letter = Letters[random.Next(Letters.Length)];
            text = random.Next(3) switch
            {
                0 => text.Remove(at, 1).Insert(at, $"{letter}"),
                1 => text.Insert(at, $"{letter}"),
                _ => text.Length > 1 ? text.Remove(at, 1) : text,
            };
        }

        return text;
    }

    private static ReportedTime? SlowStart(string text, DateOrder? order)
    {
        if (Start().Match(text.Trim()) is not { Success: true } match)
        {
            return null;
        }

        int Number(string name) => int.Parse(match.Groups[name].Value, Invariant);
        var (year, month, day) = match.Groups["word"].Success
            ? (Number("year1"), Array.IndexOf(Invariant.DateTimeFormat.AbbreviatedMonthNames, Cased(match.Groups["word"].Value)) + 1, Number("day1"))
            : match.Groups["year2"].Success ? (Number("year2"), Number("month2"), Number("day2"))
            : order is null && Number("a") != Number("b") ? (0, 0, 0)
            : order == DateOrder.Mdy ? (Number("year3"), Number("a"), Number("b")) : (Number("year3"), Number("b"), Number("a"));
        var hour = Number("hour");
        var half = match.Groups["half"].Value.ToUpperInvariant();
        if (half.Length > 0)
        {
            hour = hour is < 1 or > 12 ? 99 : (hour % 12) + (half[0] == 'P' ? 12 : 0);
        }

        if (year is < 1900 or > 9000 || !DateTime.TryParseExact($"{year:0000}-{month:00}-{day:00} {hour:00}:{match.Groups["minute"].Value}:{match.Groups["second"].Value}", "yyyy-MM-dd HH:mm:ss", Invariant, DateTimeStyles.None, out var local)
            || (match.Groups["weekday"].Success && local.ToString("ddd", Invariant) != Cased(match.Groups["weekday"].Value)))
        {
            return null;
        }

        if (!match.Groups["sign"].Success)
        {
            return new ReportedTime(LocalDateTime.FromDateTime(local), match.Groups["zero"].Success ? NodaTime.Offset.Zero : null);
        }

        var (hours, minutes) = (Number("oh"), match.Groups["om"].Length > 0 ? Number("om") : 0);
        return minutes > 59 || (hours * 60) + minutes > 14 * 60
            ? null
            : new ReportedTime(LocalDateTime.FromDateTime(local), NodaTime.Offset.FromSeconds((match.Groups["sign"].Value == "-" ? -60 : 60) * ((hours * 60) + minutes)));
    }

    private static string Cased(string word) => word[..1].ToUpperInvariant() + word[1..].ToLowerInvariant();

    private static long? SlowLength(string text)
    {
        text = text.Trim();
        if (Clock().Match(text) is { Success: true } clock)
        {
            return (((long.Parse(clock.Groups[1].Value, Invariant) * 3600) + (int.Parse(clock.Groups[2].Value, Invariant) * 60) + int.Parse(clock.Groups[3].Value, Invariant)) * 1000) + Thousandths(clock.Groups[4].Value);
        }

        if (Minutes().Match(text) is { Success: true } minutes)
        {
            return (((int.Parse(minutes.Groups[1].Value, Invariant) * 60) + int.Parse(minutes.Groups[2].Value, Invariant)) * 1000) + Thousandths(minutes.Groups[3].Value);
        }

        return Seconds().Match(text) is { Success: true } seconds && !Grouped().IsMatch(text)
            ? (long.Parse(seconds.Groups[1].Value, Invariant) * 1000) + Thousandths(seconds.Groups[2].Value)
            : null;
    }

    private static int Thousandths(string fraction) => fraction.Length == 0 ? 0 : int.Parse(fraction[1..].PadRight(3, '0')[..3], Invariant);

    [GeneratedRegex(
        """
        ^(?:(?<weekday>[A-Za-z]{3}),\s+(?<day1>[0-9]{1,2})\s+(?<word>(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))\s+(?<year1>[0-9]{4})
        |(?<year2>[0-9]{4})(?<s2>[-/.])(?<month2>[0-9]{1,2})\k<s2>(?<day2>[0-9]{1,2})
        |(?<a>[0-9]{1,2})(?<s3>[-/.])(?<b>[0-9]{1,2})\k<s3>(?<year3>[0-9]{4}))
        (?:T|\s+)(?<hour>[0-9]{1,2}):(?<minute>[0-5][0-9]):(?<second>[0-5][0-9])(?:[.,][0-9]+)?
        (?:\s*(?<half>[AaPp](?:\.\s*)?[Mm]\.?))?
        (?:\s*(?:(?<zero>Z|UTC|GMT)|(?<sign>[-+])(?<oh>[0-9]{2})(?::?(?<om>[0-9]{2}))?))?$
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Start();

    [GeneratedRegex("^0*([0-9]{1,5}):([0-5][0-9]):([0-5][0-9])([.,][0-9]+)?$")]
    private static partial Regex Clock();

    [GeneratedRegex("^([0-5]?[0-9]):([0-5][0-9])([.,][0-9]+)$")]
    private static partial Regex Minutes();

    [GeneratedRegex("^0*([0-9]{1,7})([.,][0-9]{1,3})?$")]
    private static partial Regex Seconds();

    [GeneratedRegex("^(?!0+,)[0-9]{1,3},[0-9]{3}$")]
    private static partial Regex Grouped();
}
