using NodaTime;

namespace Five9Functions.Five9;

/// <summary>
/// The two ways in which Five9's reports write a local time. Exactly these, or it is no time: a guess would move a state.
/// Surrounding blanks do not count. (Live reports; ParseExact doubles the time that a report takes to read.)
/// </summary>
public static class ReportTime
{
    /// <summary>What a TIMESTAMP must look like, for a person.</summary>
    public const string Expected = "Fri, 21 Aug 2026 09:00:12";

    /// <summary>What DATE and TIME must look like, for a person.</summary>
    public const string ExpectedInTwo = "2026/08/21 and 09:00:12";

    // Nobody was on the phone before; and storage keeps no time before 1601, or after 9999 with a zone's offset and a state's length.
    private const int EarliestYear = 1900;
    private const int LatestYear = 9000;
    private const string Weekdays = "MonTueWedThuFriSatSun";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    /// <summary>DATE and TIME: 2026/08/21 and 09:00:12.</summary>
    public static bool TryParse(ReadOnlySpan<char> date, ReadOnlySpan<char> time, out LocalDateTime local)
    {
        date = date.Trim();
        local = default;
        return date.Length == 10 && date[4] == '/' && date[7] == '/'
            && TryNumber(date[..4], out var year) && TryNumber(date[5..7], out var month) && TryNumber(date[8..], out var day)
            && TryCombine(year, month, day, time.Trim(), out local);
    }

    /// <summary>TIMESTAMP: Fri, 21 Aug 2026 09:00:12, in English; the weekday must be that of the date.</summary>
    public static bool TryParse(ReadOnlySpan<char> timestamp, out LocalDateTime local)
    {
        timestamp = timestamp.Trim();
        local = default;
        return timestamp.Length == 25 && timestamp[3] == ',' && timestamp[4] == ' ' && timestamp[7] == ' ' && timestamp[11] == ' ' && timestamp[16] == ' '
            && TryName(timestamp[..3], Weekdays, out var weekday)
            && TryNumber(timestamp[5..7], out var day) && TryName(timestamp[8..11], Months, out var month) && TryNumber(timestamp[12..16], out var year)
            && TryCombine(year, month, day, timestamp[17..], out local)
            && (int)local.DayOfWeek == weekday;
    }

    private static bool TryCombine(int year, int month, int day, ReadOnlySpan<char> time, out LocalDateTime local)
    {
        local = default;
        if (time.Length != 8 || time[2] != ':' || time[5] != ':'
            || !TryNumber(time[..2], out var hour) || !TryNumber(time[3..5], out var minute) || !TryNumber(time[6..], out var second)
            || hour > 23 || minute > 59 || second > 59
            || year is < EarliestYear or > LatestYear
            || month is < 1 or > 12 || day < 1 || day > CalendarSystem.Iso.GetDaysInMonth(year, month))
        {
            return false;
        }

        local = new LocalDateTime(year, month, day, hour, minute, second);
        return true;
    }

    private static bool TryName(ReadOnlySpan<char> name, string names, out int number)
    {
        var at = names.AsSpan().IndexOf(name, StringComparison.OrdinalIgnoreCase);
        number = (at / 3) + 1;
        return at >= 0 && at % 3 == 0;
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit(digit))
            {
                return false;
            }

            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
