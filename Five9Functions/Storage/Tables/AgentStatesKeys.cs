using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Keys of the table AgentStates: a partition for each bucket of agents on a local day, in it a row for each segment and the
/// manifest. Every segment's RowKey holds a separator and the manifest's does not, so no agent can take its place.
/// </summary>
public static class AgentStatesKeys
{
    public const string ManifestRow = Projection.ManifestRow;

    public static string Partition(string integration, LocalDate date, int bucket) =>
        TableKey.Join(integration, KeyTime.Date(date), KeyBucket.Text(bucket));

    /// <summary>All partitions of a local day, one for each bucket.</summary>
    public static IReadOnlyList<string> Partitions(string integration, LocalDate date, int bucketCount) =>
        [.. Enumerable.Range(0, bucketCount).Select(bucket => Partition(integration, date, bucket))];

    public static string Row(string agent, Instant start) => TableKey.Join(agent, KeyTime.Second(start));

    /// <summary>Every RowKey of the agent is at or after the first of these and before the other; so is hardly anybody else's.</summary>
    public static (string First, string After) RowsOf(string agent)
    {
        var first = TableKey.Join(agent, "");
        return (first, first[..^1] + (char)(TableKey.Separator + 1));
    }

    /// <summary>The agent's part of a segment's RowKey, as it stands there: the same for all segments of the agent. Of a key that is none, all of it.</summary>
    public static string Agent(string row) => row.IndexOf(TableKey.Separator, StringComparison.Ordinal) is var at and >= 0 ? row[..at] : row;

    /// <summary>The start's part of a segment's RowKey, which is never cut, however long the agent's is.</summary>
    public static string Start(string row) => row[(row.IndexOf(TableKey.Separator, StringComparison.Ordinal) + 1)..];

    /// <summary>Where an agent's segments lie: <see cref="KeyBucket"/>.</summary>
    /// <param name="bucketCount">1 to 100, and never changed once the integration has rows.</param>
    public static int Bucket(string agent, int bucketCount) => KeyBucket.Of(agent, bucketCount);
}
