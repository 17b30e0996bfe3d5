using System.Globalization;
using Five9Functions.Runs;
using Five9Functions.Storage;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Run;

/// <summary>Says of a slice which part of which day of which report it is, what it is doing, and roughly how far it is.</summary>
internal static class SliceWords
{
    private static readonly LocalDatePattern Day = LocalDatePattern.CreateWithInvariantCulture("ddd uuuu-MM-dd");
    private static readonly LocalTimePattern Minute = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    public static string Name(ImportSlice slice, DateTimeZone zone)
    {
        var (from, to) = (slice.Window.Start.InZone(zone), slice.Window.End.InZone(zone));
        var end = to.Date > slice.Date && to.TimeOfDay == LocalTime.Midnight ? "24:00" : Minute.Format(to.TimeOfDay);
        var report = slice.Report == ReportNames.Calls ? "calls" : "agent states";
        return $"{report,-12}  {Day.Format(slice.Date)}, {Minute.Format(from.TimeOfDay)} to {end}";
    }

    public static string Doing(ImportSlice slice, DateTimeZone zone) => slice.State switch
    {
        SliceState.Done => Invariant($"done: {slice.Landed + slice.Quarantined:N0} rows"),
        SliceState.Failed => $"failed: {slice.Error}",
        SliceState.Split => "split in two, because Five9 cut the report",
        _ when slice.Error is not null => $"waits until {Minute.Format(slice.DueAt.InZone(zone).TimeOfDay)}: {slice.Error}",
        SliceState.Planned => "waits for its turn",
        SliceState.Requesting => "asks Five9 for the report",
        SliceState.Running => "Five9 runs the report",
        SliceState.Fetching => "reads the rows",
        _ => Invariant($"writes the {ReportDefinition.Of(slice.Report).Derived} of {slice.Landed:N0} rows"),
    };

    /// <summary>0 to 1.</summary>
    public static double Part(ImportSlice slice) => slice.State switch
    {
        SliceState.Planned => 0,
        SliceState.Requesting => 0.05,
        SliceState.Running => 0.2,
        SliceState.Fetching => 0.4,
        SliceState.Normalizing => 0.6,
        _ => 1,
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
