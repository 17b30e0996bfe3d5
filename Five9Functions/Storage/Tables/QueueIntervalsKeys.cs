using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table QueueIntervals: a partition for each local day, in it a row for each quarter hour and queue, by time, and the manifest.</summary>
public static class QueueIntervalsKeys
{
    public static string Partition(string integration, LocalDate date) => TableKey.Join(integration, KeyTime.Date(date));

    public static string Row(Instant start, string queue) => TableKey.Join(KeyTime.Second(start), queue);

    /// <summary>Whether a RowKey can be that of an interval: it begins with an instant.</summary>
    public static bool IsInterval(string row) => row.IndexOf(TableKey.Separator, StringComparison.Ordinal) is var at and > 0 && KeyTime.IsSecond(row[..at]);

    /// <summary>The queue's part of a RowKey, as it stands there: the same in all intervals of the queue.</summary>
    public static string Queue(string row) => row[(row.IndexOf(TableKey.Separator, StringComparison.Ordinal) + 1)..];
}
