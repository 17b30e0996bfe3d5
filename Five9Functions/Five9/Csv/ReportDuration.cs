using NodaTime;

namespace Five9Functions.Five9.Csv;

/// <summary>What a duration column says.</summary>
public enum ReportDurationKind
{
    /// <summary>No duration: the state was still open.</summary>
    None,

    Value,

    /// <summary>A minus sign before what would be a duration.</summary>
    Negative,

    /// <summary>Over <see cref="ReportDuration.MaxHours"/> hours.</summary>
    TooLong,

    /// <summary>03:45 can be hours and minutes, or minutes and seconds; 1,234 can be over a second, or over 1000 seconds.</summary>
    Ambiguous,

    /// <summary>0.002604167: a spreadsheet has written 00:03:45 as a part of a day.</summary>
    PartOfADay,

    Unreadable,
}

/// <summary>
/// Reads a duration as reports write it: 00:03:45, 00:00:00.235 or 1234:00:00, with a point or a comma before the fraction; as minutes and
/// seconds with a fraction (03:45.0); or as seconds (225, 225.5). Surrounding blanks do not count. docs/formats.md.
/// </summary>
public static class ReportDuration
{
    /// <summary>What it must look like, for a person.</summary>
    public const string Expected = "00:03:45 or 225 seconds";

    /// <summary>11 years; the seconds of a whole day's rows stay far from what a figure can hold.</summary>
    public const int MaxHours = 99_999;

    // A longer number is no length but something else: a telephone number, an id.
    private const int MaxDigitsOfSeconds = 7;
    private const int MaxDecimals = 3;

    private const long SecondsOfAnHour = 3_600;

    /// <summary>In whole seconds: a fraction is dropped.</summary>
    public static ReportDurationKind Read(ReadOnlySpan<char> text, out Duration duration)
    {
        var kind = ReadMilliseconds(text, out var milliseconds);
        duration = Duration.FromSeconds(milliseconds / 1000);
        return kind;
    }

    /// <summary>What is smaller than a millisecond is dropped.</summary>
    public static ReportDurationKind ReadMilliseconds(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        text = text.Trim();
        if (text.IsEmpty)
        {
            return ReportDurationKind.None;
        }

        var negative = text[0] == '-';
        var kind = ReadPositive(negative ? text[1..] : text, out var read);
        if (negative)
        {
            return kind is ReportDurationKind.Value or ReportDurationKind.TooLong ? ReportDurationKind.Negative : kind;
        }

        milliseconds = read;
        return kind;
    }

    /// <summary>Why a row with such a duration is quarantined; null for a good one.</summary>
    internal static RowDefect? Defect(ReportDurationKind kind, string column, string value) => kind switch
    {
        ReportDurationKind.Unreadable => RowDefect.Unreadable("the duration cannot be read", column, value, Expected),
        ReportDurationKind.Ambiguous => RowDefect.Unreadable("the duration is ambiguous", column, value, $"{Expected}: write hours, minutes and seconds"),
        ReportDurationKind.PartOfADay => RowDefect.Unreadable("the duration is a fraction of a day, as a spreadsheet writes it", column, value, Expected),
        ReportDurationKind.Negative => RowDefect.NegativeDuration(column),
        ReportDurationKind.TooLong => RowDefect.TooManyHours(column, MaxHours),
        _ => null,
    };

    private static ReportDurationKind ReadPositive(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        var colon = text.IndexOf(':');
        if (colon < 0)
        {
            return ReadSeconds(text, out milliseconds);
        }

        // :MM:SS, and perhaps a fraction; else it has minutes and seconds alone.
        var rest = text[colon..];
        if (colon == 0 || text[..colon].ContainsAnyExceptInRange('0', '9'))
        {
            return ReportDurationKind.Unreadable;
        }

        if (rest.Length < 6 || rest[3] != ':')
        {
            return ReadMinutes(text[..colon], rest, out milliseconds);
        }

        if (!TryTwoDigits(rest[1..], out var minutes) || minutes > 59 || !TryTwoDigits(rest[4..], out var seconds) || seconds > 59
            || !TryFraction(rest[6..], out var fraction))
        {
            return ReportDurationKind.Unreadable;
        }

        var digits = text[..colon].TrimStart('0');
        if (digits.Length > 5)
        {
            return ReportDurationKind.TooLong;
        }

        milliseconds = (((Number(digits) * SecondsOfAnHour) + (minutes * 60L) + seconds) * 1000) + fraction;
        return ReportDurationKind.Value;
    }

    /// <summary>MM:SS.f, as a spreadsheet shows a length with a fraction. MM:SS could be HH:MM.</summary>
    private static ReportDurationKind ReadMinutes(ReadOnlySpan<char> digits, ReadOnlySpan<char> rest, out long milliseconds)
    {
        milliseconds = 0;
        if (digits.Length > 2 || rest.Length < 3 || !TryTwoDigits(rest[1..], out var seconds) || seconds > 59 || Number(digits) > 59 || !TryFraction(rest[3..], out var fraction))
        {
            return ReportDurationKind.Unreadable;
        }

        if (rest.Length == 3)
        {
            return ReportDurationKind.Ambiguous;
        }

        milliseconds = (((Number(digits) * 60) + seconds) * 1000) + fraction;
        return ReportDurationKind.Value;
    }

    private static ReportDurationKind ReadSeconds(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        var mark = text.IndexOfAnyExceptInRange('0', '9');
        var digits = mark < 0 ? text : text[..mark];
        var fraction = mark < 0 ? [] : text[mark..];
        if (digits.IsEmpty)
        {
            return ReportDurationKind.Unreadable;
        }

        if (IsPartOfADay(fraction))
        {
            return ReportDurationKind.PartOfADay;
        }

        var significant = digits.TrimStart('0');
        if (significant.Length > MaxDigitsOfSeconds || !TryFraction(fraction, out var part))
        {
            return ReportDurationKind.Unreadable;
        }

        // 1,234 as a person or a spreadsheet groups thousands. A program writes 1.234.
        if (fraction is [',', _, _, _] && digits.Length <= MaxDecimals && significant.Length > 0)
        {
            return ReportDurationKind.Ambiguous;
        }

        milliseconds = (Number(significant) * 1000) + part;
        return ReportDurationKind.Value;
    }

    /// <summary>More than three decimals, or a power of ten below one: 2.6E-03.</summary>
    private static bool IsPartOfADay(ReadOnlySpan<char> fraction)
    {
        var scan = new TextScan(fraction);
        var decimals = scan.TryTakeOneOf(".,", out _) ? scan.Digits : 0;
        return (decimals == 0 || scan.TryTakeDigits())
            && (scan.AtEnd ? decimals > MaxDecimals : scan.TryTakeOneOf("Ee", out _) && scan.TryTake('-') && scan.TryTakeDigits() && scan.AtEnd);
    }

    /// <summary>Nothing, or a point or a comma and digits; in milliseconds.</summary>
    private static bool TryFraction(ReadOnlySpan<char> text, out int milliseconds)
    {
        milliseconds = 0;
        if (text.IsEmpty)
        {
            return true;
        }

        if (text.Length < 2 || text[0] is not ('.' or ',') || text[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        for (var at = 1; at <= 3; at++)
        {
            milliseconds = (milliseconds * 10) + (at < text.Length ? text[at] - '0' : 0);
        }

        return true;
    }

    private static bool TryTwoDigits(ReadOnlySpan<char> text, out int number)
    {
        number = ((text[0] - '0') * 10) + text[1] - '0';
        return char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]);
    }

    private static long Number(ReadOnlySpan<char> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return number;
    }
}
