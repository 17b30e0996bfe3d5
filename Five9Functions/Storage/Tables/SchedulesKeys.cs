using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Keys of the table Schedules: a partition for each bucket of agents on a day of UTC, in it a row for each activity that starts on that
/// day and the manifest; and a partition of the integration alone with the row that says whose turn it is to write.
/// </summary>
public static class SchedulesKeys
{
    public const string TurnRow = "turn";

    /// <param name="date">Of UTC: whatever becomes of the integration's zones, a row stays where it is.</param>
    public static string Partition(string integration, LocalDate date, int bucket) => TableKey.Join(integration, KeyTime.Date(date), KeyBucket.Text(bucket));

    /// <summary>Where an agent's activities that start at this instant lie.</summary>
    public static string Partition(string integration, Instant start, string agent, int bucketCount) => Partition(integration, start.InUtc().Date, Bucket(agent, bucketCount));

    /// <summary>The partitions of some days, from (inclusive) to (exclusive).</summary>
    public static (string From, string To) Days(string integration, LocalDate first, LocalDate last) =>
        (TableKey.Join(integration, KeyTime.Date(first)), TableKey.Join(integration, KeyTime.Date(last.PlusDays(1))));

    public static string TurnPartition(string integration) => TableKey.Join(integration);

    public static string Row(string agent, Instant start) => TableKey.Join(agent, KeyTime.Second(start));

    /// <summary>Every RowKey of the agent is at or after the first of these and before the other; so is hardly anybody else's.</summary>
    public static (string First, string After) RowsOf(string agent) => AgentStatesKeys.RowsOf(agent);

    /// <summary>The agent's part of a RowKey.</summary>
    public static string Agent(string row) => AgentStatesKeys.Agent(row);

    public static int Bucket(string agent, int bucketCount) => KeyBucket.Of(agent, bucketCount);
}
