using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// The stretches of days that a file is imported in. A run asks for every day of its window, and a file that touches a day in spring and
/// one in autumn, or one with a mistyped year, holds nothing for those between. Pure.
/// </summary>
internal static class FileWindows
{
    /// <summary>Asking for a few empty days costs less than another run.</summary>
    private const int MaxGap = 7;

    /// <param name="days">In order.</param>
    public static IEnumerable<(LocalDate First, LocalDate Last)> Of(IEnumerable<LocalDate> days)
    {
        (LocalDate First, LocalDate Last)? stretch = null;
        foreach (var day in days)
        {
            if (stretch is { } known && Period.DaysBetween(known.Last, day) > MaxGap)
            {
                yield return known;
                stretch = null;
            }

            stretch = (stretch?.First ?? day, day);
        }

        if (stretch is { } last)
        {
            yield return last;
        }
    }
}
