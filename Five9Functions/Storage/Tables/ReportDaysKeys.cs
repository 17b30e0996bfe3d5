using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table ReportDayTable: the local days of a report, oldest first.</summary>
public static class ReportDaysKeys
{
    public static string Partition(string integration, string report) => TableKey.Join(integration, report);

    public static string Row(LocalDate date) => KeyTime.Date(date);
}
