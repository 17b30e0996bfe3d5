using NodaTime;

namespace Five9Functions.Five9;

/// <summary>What a duration column says.</summary>
public enum ReportDurationKind
{
    /// <summary>No duration: the state was still open.</summary>
    None,

    Value,

    /// <summary>A minus sign before what would be a duration.</summary>
    Negative,

    Unreadable,
}

/// <summary>
/// A duration as Five9's reports write it: 00:03:45, 00:00:00.235 or 1234:00:00. One to four digits of hours; surrounding blanks
/// do not count. (Live reports.)
/// </summary>
public static class ReportDuration
{
    /// <summary>What it must look like, for a person.</summary>
    public const string Expected = "00:03:45";

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
        if (!TryRead(negative ? text[1..] : text, out var read))
        {
            return ReportDurationKind.Unreadable;
        }

        if (negative)
        {
            return ReportDurationKind.Negative;
        }

        milliseconds = read;
        return ReportDurationKind.Value;
    }

    private static bool TryRead(ReadOnlySpan<char> text, out long milliseconds)
    {
        milliseconds = 0;
        var hourDigits = text.IndexOf(':');
        if (hourDigits is < 1 or > 4 || text.Length < hourDigits + 6 || text[hourDigits + 3] != ':')
        {
            return false;
        }

        var rest = text[hourDigits..]; // :MM:SS, and perhaps .fff
        var fraction = rest[6..];
        if (!TryDigits(text[..hourDigits], out var hour)
            || !TryDigits(rest[1..3], out var minute) || minute > 59
            || !TryDigits(rest[4..6], out var second) || second > 59
            || (!fraction.IsEmpty && (fraction.Length < 2 || fraction[0] != '.' || fraction[1..].ContainsAnyExceptInRange('0', '9'))))
        {
            return false;
        }

        milliseconds = (((((hour * 60L) + minute) * 60) + second) * 1000) + Milliseconds(fraction);
        return true;
    }

    /// <param name="fraction">Empty, or a point and digits.</param>
    private static int Milliseconds(ReadOnlySpan<char> fraction)
    {
        var milliseconds = 0;
        for (var at = 1; at <= 3; at++)
        {
            milliseconds = (milliseconds * 10) + (at < fraction.Length ? fraction[at] - '0' : 0);
        }

        return milliseconds;
    }

    private static bool TryDigits(ReadOnlySpan<char> digits, out int number)
    {
        number = 0;
        if (digits.ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        foreach (var digit in digits)
        {
            number = (number * 10) + (digit - '0');
        }

        return true;
    }
}
