using Five9Functions.Storage;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>
/// Days of which what is stored stays as it is, because a raw day that it follows from cannot be read, or does not yet hold again what it
/// held. Pure.
/// </summary>
internal static class HeldDays
{
    // Its lines come and go with what they say; the others stay as the day was derived.
    private const string Prefix = "Held: ";

    /// <summary>The day's own raw day cannot be read: all that was ever read of it is to be read again.</summary>
    public static ReportDay Unreadable(ReportDay stored) => Held(stored, stored.Id.Date) with { Windows = [], Awaited = IntervalMath.Merge(stored.EverRead) };

    /// <summary>The day's own raw day was begun anew, and parts are missing that it held.</summary>
    public static ReportDay BegunAnew(ReportDay stored, RawDayHeader own) => Held(stored, own.Id.Date) with { Windows = own.Windows, Awaited = own.Awaited };

    /// <summary>Days around it are not there; its own rows are those that it was derived from.</summary>
    public static ReportDay Waiting(ReportDay stored, DayInputs inputs) => Held(stored, [.. inputs.Gaps]) with { Windows = inputs.Own.Windows, Awaited = [] };

    /// <summary>Nothing keeps the day as it is any more.</summary>
    public static ReportDay Released(ReportDay stored) => stored with { Awaited = [], WaitsFor = [], Warnings = [.. Others(stored)] };

    /// <summary>Whether a day has to stay: without the days that are not there it would lose what reaches into it, and its own rows are no others.</summary>
    public static bool MustWait(ReportDay stored, DayInputs inputs) => inputs.Gaps.Any(stored.Inputs.ContainsKey) && stored.NormalizedVersion == inputs.Own.Version;

    /// <summary>What is to be known of a day that was derived all the same.</summary>
    public static IEnumerable<string> DerivedWithout(IReadOnlyList<LocalDate> gaps) =>
        gaps.Count == 0 ? [] : [$"Derived without {Text(gaps)}, whose raw day cannot be read or is being read again: what reaches from there into this day is missing until then."];

    private static ReportDay Held(ReportDay stored, params LocalDate[] days) => stored with
    {
        WaitsFor = days,
        Warnings = [.. Others(stored), $"{Prefix}the raw day of {Text(days)} cannot be read, or was begun anew: what is stored of this day stays until Five9 has been asked for that again."],
    };

    private static IEnumerable<string> Others(ReportDay stored) => stored.Warnings.Where(line => !line.StartsWith(Prefix, StringComparison.Ordinal));

    private static string Text(IEnumerable<LocalDate> days) => string.Join(", ", days.Select(TableColumns.Text));
}
