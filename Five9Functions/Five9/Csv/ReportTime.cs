using NodaTime;

namespace Five9Functions.Five9.Csv;

/// <summary>A start as a report writes it.</summary>
/// <param name="Offset">Null for most starts: the zone of the report then says which instant is meant.</param>
public readonly record struct ReportedTime(LocalDateTime Local, Offset? Offset = null);

/// <summary>
/// Reads a local time as reports write it: <c>Fri, 21 Aug 2026 09:00:12</c>, or year, month and day as numbers with <c>/</c>, <c>-</c> or <c>.</c>
/// between, then a blank or <c>T</c> and the time. Where the year stands last, only a <see cref="DateOrder"/> says which number is the day.
/// The time has hours, minutes and seconds; it can have a fraction, which is dropped, AM or PM, and an offset. All else is no time: a
/// guess would move a state. Surrounding blanks do not count. docs/formats.md.
/// </summary>
/// <remarks>The one form that Five9 writes comes first: a report has many starts.</remarks>
public static class ReportTime
{
    /// <summary>What a TIMESTAMP must look like, for a person.</summary>
    public const string Expected = "Fri, 21 Aug 2026 09:00:12 or 2026-08-21 09:00:12";

    /// <summary>What DATE and TIME must look like, for a person.</summary>
    public const string ExpectedInTwo = "2026/08/21 and 09:00:12";

    /// <summary>DATE and TIME: 2026/08/21 and 09:00:12.</summary>
    /// <param name="order">Null: a date whose day and month could be exchanged is no time.</param>
    public static bool TryParse(ReadOnlySpan<char> date, ReadOnlySpan<char> time, DateOrder? order, out ReportedTime reported)
    {
        date = date.Trim();
        time = time.Trim();
        if (date is [_, _, _, _, '/', _, _, '/', _, _] && TryNumber(date[..4], out var year) && TryNumber(date[5..7], out var month) && TryNumber(date[8..], out var day)
            && TryCombine(year, month, day, time, out var local))
        {
            reported = new ReportedTime(local);
            return true;
        }

        reported = default;
        var dateScan = new TextScan(date);
        var timeScan = new TextScan(time);
        if (!ReportDate.TryTake(ref dateScan, order, out var read) || !dateScan.AtEnd || !ReportTimeOfDay.TryTake(ref timeScan, out var timeOfDay, out var offset) || !timeScan.AtEnd)
        {
            return false;
        }

        reported = new ReportedTime(read + timeOfDay, offset);
        return true;
    }

    /// <summary>TIMESTAMP: Fri, 21 Aug 2026 09:00:12; a weekday must be that of the date.</summary>
    /// <inheritdoc cref="TryParse(ReadOnlySpan{char}, ReadOnlySpan{char}, DateOrder?, out ReportedTime)" path="/param"/>
    public static bool TryParse(ReadOnlySpan<char> timestamp, DateOrder? order, out ReportedTime reported)
    {
        timestamp = timestamp.Trim();
        if (timestamp.Length == 25 && timestamp[3] == ',' && timestamp[4] == ' ' && timestamp[7] == ' ' && timestamp[11] == ' ' && timestamp[16] == ' '
            && ReportDate.TryWeekday(timestamp[..3], out var weekday)
            && TryNumber(timestamp[5..7], out var day) && ReportDate.TryMonth(timestamp[8..11], out var month) && TryNumber(timestamp[12..16], out var year)
            && TryCombine(year, month, day, timestamp[17..], out var local)
            && local.DayOfWeek == weekday)
        {
            reported = new ReportedTime(local);
            return true;
        }

        reported = default;
        var scan = new TextScan(timestamp);
        if (!ReportDate.TryTake(ref scan, order, out var date) || !(scan.TryTake('T') || scan.TakeBlanks())
            || !ReportTimeOfDay.TryTake(ref scan, out var time, out var offset) || !scan.AtEnd)
        {
            return false;
        }

        reported = new ReportedTime(date + time, offset);
        return true;
    }

    /// <summary>What a DATE, with its TIME, says about the order of day and month.</summary>
    public static DateEvidence EvidenceOf(ReadOnlySpan<char> date, ReadOnlySpan<char> time) => TryParse(date, time, null, out _)
        ? DateEvidence.None
        : Evidence(TryParse(date, time, DateOrder.Dmy, out _), TryParse(date, time, DateOrder.Mdy, out _));

    /// <summary>What a TIMESTAMP says about the order of day and month.</summary>
    public static DateEvidence EvidenceOf(ReadOnlySpan<char> timestamp) => TryParse(timestamp, null, out _)
        ? DateEvidence.None
        : Evidence(TryParse(timestamp, DateOrder.Dmy, out _), TryParse(timestamp, DateOrder.Mdy, out _));

    private static DateEvidence Evidence(bool dayFirst, bool monthFirst) => (dayFirst, monthFirst) switch
    {
        (true, true) => DateEvidence.InDoubt,
        (true, false) => DateEvidence.DayFirst,
        (false, true) => DateEvidence.MonthFirst,
        _ => DateEvidence.None,
    };

    private static bool TryCombine(int year, int month, int day, ReadOnlySpan<char> time, out LocalDateTime local)
    {
        local = default;
        if (time is not [_, _, ':', _, _, ':', _, _]
            || !TryNumber(time[..2], out var hour) || !TryNumber(time[3..5], out var minute) || !TryNumber(time[6..], out var second)
            || hour > 23 || minute > 59 || second > 59
            || !ReportDate.IsDate(year, month, day))
        {
            return false;
        }

        local = new LocalDateTime(year, month, day, hour, minute, second);
        return true;
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
