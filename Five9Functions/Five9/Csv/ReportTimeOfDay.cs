using NodaTime;

namespace Five9Functions.Five9.Csv;

/// <summary>
/// Reads the time of a start: 09:00:12, 9:00:12, 09:00:12.345 (the fraction is dropped), 9:00:12 AM, 09:00:12Z, 09:00:12+02:00. Without
/// seconds it is no time: a spreadsheet has cut them off, and a state would begin up to a minute too early.
/// </summary>
internal static class ReportTimeOfDay
{
    private const int MaxOffsetHours = 14;

    /// <param name="offset">Null when none is written.</param>
    public static bool TryTake(ref TextScan scan, out LocalTime time, out Offset? offset)
    {
        (time, offset) = (default, null);
        if (!scan.TryTakeNumber(1, 2, out var hour) || !scan.TryTake(':')
            || !scan.TryTakeNumber(2, 2, out var minute) || !scan.TryTake(':')
            || !scan.TryTakeNumber(2, 2, out var second)
            || (scan.TryTakeOneOf(".,", out _) && !scan.TryTakeDigits())
            || !TryTakeHalf(ref scan, ref hour) || !TryTakeOffset(ref scan, out offset)
            || hour > 23 || minute > 59 || second > 59)
        {
            return false;
        }

        time = new LocalTime(hour, minute, second);
        return true;
    }

    /// <summary>AM or PM, also A.M. or a. m.; nothing is well too. 12 AM is midnight, 12 PM is noon.</summary>
    private static bool TryTakeHalf(ref TextScan scan, ref int hour)
    {
        var half = scan;
        half.TakeBlanks();
        if (!half.TryTakeOneOf("AaPp", out var letter))
        {
            return true;
        }

        if (half.TryTake('.'))
        {
            half.TakeBlanks();
        }

        if (!half.TryTakeOneOf("Mm", out _) || hour is < 1 or > 12)
        {
            return false;
        }

        half.TryTake('.');
        hour = (hour % 12) + (letter is 'P' or 'p' ? 12 : 0);
        scan = half;
        return true;
    }

    /// <summary>Z, UTC, GMT, +02, +0200 or +02:00; nothing is well too.</summary>
    private static bool TryTakeOffset(ref TextScan scan, out Offset? offset)
    {
        offset = null;
        var rest = scan;
        rest.TakeBlanks();
        if (rest.AtEnd)
        {
            return true;
        }

        scan = rest;
        if (scan.TryTake('Z') || scan.TryTake("UTC") || scan.TryTake("GMT"))
        {
            offset = Offset.Zero;
            return true;
        }

        if (!scan.TryTakeOneOf("+-", out var sign))
        {
            return false;
        }

        var (hours, minutes) = (0, 0);
        if (scan.Digits == 4 && scan.TryTakeNumber(4, 4, out var both))
        {
            (hours, minutes) = (both / 100, both % 100);
        }
        else if (!scan.TryTakeNumber(2, 2, out hours) || (scan.TryTake(':') && !scan.TryTakeNumber(2, 2, out minutes)))
        {
            return false;
        }

        if (hours > MaxOffsetHours || minutes > 59 || (hours == MaxOffsetHours && minutes > 0))
        {
            return false;
        }

        offset = Offset.FromSeconds((sign == '-' ? -1 : 1) * ((hours * 60) + minutes) * 60);
        return true;
    }
}
