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
/// A duration as Five9's reports write it: 00:03:45, 00:00:00.235 or 1234:00:00. One to four digits of hours; a fraction is dropped;
/// surrounding blanks do not count. (Live reports.)
/// </summary>
public static class ReportDuration
{
    public static ReportDurationKind Read(ReadOnlySpan<char> text, out Duration duration)
    {
        duration = Duration.Zero;
        text = text.Trim();
        if (text.IsEmpty)
        {
            return ReportDurationKind.None;
        }

        var negative = text[0] == '-';
        if (!TryReadSeconds(negative ? text[1..] : text, out var seconds))
        {
            return ReportDurationKind.Unreadable;
        }

        if (negative)
        {
            return ReportDurationKind.Negative;
        }

        duration = Duration.FromSeconds(seconds);
        return ReportDurationKind.Value;
    }

    private static bool TryReadSeconds(ReadOnlySpan<char> text, out int seconds)
    {
        seconds = 0;
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

        seconds = (((hour * 60) + minute) * 60) + second;
        return true;
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
