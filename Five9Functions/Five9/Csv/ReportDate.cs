using NodaTime;

namespace Five9Functions.Five9.Csv;

/// <summary>Reads the date of a start: <see cref="ReportTime"/> says in which forms.</summary>
internal static class ReportDate
{
    // Contact centres have no older calls; and storage keeps no time before 1601, or after 9999 with a zone's offset and a state's length.
    private const int MinYear = 1900;
    private const int MaxYear = 9000;
    private const string Weekdays = "MonTueWedThuFriSatSun";
    private const string Months = "JanFebMarAprMayJunJulAugSepOctNovDec";

    public static bool IsDate(int year, int month, int day) =>
        year is >= MinYear and <= MaxYear && month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month);

    public static bool TryWeekday(ReadOnlySpan<char> name, out IsoDayOfWeek weekday)
    {
        var found = TryName(name, Weekdays, out var number);
        weekday = (IsoDayOfWeek)number;
        return found;
    }

    public static bool TryMonth(ReadOnlySpan<char> name, out int month) => TryName(name, Months, out month);

    /// <param name="order">Null: a date whose day and month could be exchanged is none.</param>
    public static bool TryTake(ref TextScan scan, DateOrder? order, out LocalDate date) =>
        scan.AtDigit ? TryTakeNumbers(ref scan, order, out date) : TryTakeWords(ref scan, out date);

    /// <summary>Fri, 21 Aug 2026.</summary>
    private static bool TryTakeWords(ref TextScan scan, out LocalDate date)
    {
        date = default;
        if (!scan.TryTake(3, out var name) || !TryWeekday(name, out var weekday) || !scan.TryTake(',') || !scan.TakeBlanks()
            || !scan.TryTakeNumber(1, 2, out var day) || !scan.TakeBlanks()
            || !scan.TryTake(3, out name) || !TryMonth(name, out var month) || !scan.TakeBlanks()
            || !scan.TryTakeNumber(4, 4, out var year) || !IsDate(year, month, day))
        {
            return false;
        }

        date = new LocalDate(year, month, day);
        return date.DayOfWeek == weekday;
    }

    /// <summary>2026-08-21; with an order also 21.8.2026 or 8/21/2026.</summary>
    private static bool TryTakeNumbers(ref TextScan scan, DateOrder? order, out LocalDate date)
    {
        date = default;
        var yearFirst = scan.Digits == 4;
        if (!scan.TryTakeNumber(1, yearFirst ? 4 : 2, out var first)
            || !scan.TryTakeOneOf("/-.", out var separator)
            || !scan.TryTakeNumber(1, 2, out var second)
            || !scan.TryTake(separator)
            || !scan.TryTakeNumber(yearFirst ? 1 : 4, yearFirst ? 2 : 4, out var third))
        {
            return false;
        }

        // 11/11/2026 is one day in both orders.
        if (!yearFirst && order is null && first != second)
        {
            return false;
        }

        var (year, month, day) = yearFirst ? (first, second, third) : order == DateOrder.Mdy ? (third, first, second) : (third, second, first);
        if (!IsDate(year, month, day))
        {
            return false;
        }

        date = new LocalDate(year, month, day);
        return true;
    }

    private static bool TryName(ReadOnlySpan<char> name, string names, out int number)
    {
        var at = names.AsSpan().IndexOf(name, StringComparison.OrdinalIgnoreCase);
        number = (at / 3) + 1;
        return at >= 0 && at % 3 == 0;
    }
}
