using System.Globalization;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table RunDiffTable: what a run changes, by day, report and how often the run was done again.</summary>
public static class ImportChangesKeys
{
    public static string Partition(string integration, string run) => TableKey.Join(integration, run);

    public static string Row(LocalDate date, string report, int retries) => TableKey.Join(KeyTime.Date(date), report, retries.ToString("000", CultureInfo.InvariantCulture));
}
