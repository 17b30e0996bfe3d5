using System.Globalization;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Keys of the table Calls: a partition for each bucket of CALL IDs on a local day, in it a row for each leg, by time, and the manifest.
/// </summary>
public static class CallsKeys
{
    public static string Partition(string integration, LocalDate date, int bucket) => TableKey.Join(integration, KeyTime.Date(date), KeyBucket.Text(bucket));

    /// <summary>All partitions of a local day, one for each bucket.</summary>
    public static IReadOnlyList<string> Partitions(string integration, LocalDate date, int bucketCount) =>
        [.. Enumerable.Range(0, bucketCount).Select(bucket => Partition(integration, date, bucket))];

    /// <param name="ordinal">The leg's place among those of the call that start in the same second, from 0.</param>
    public static string Row(Instant start, string callId, int ordinal) => TableKey.Join(KeyTime.Second(start), callId, ordinal.ToString("000", CultureInfo.InvariantCulture));

    /// <summary>The CALL ID's part of a RowKey, as it stands there: the same for all legs of the call. Of a key that is none, all of it.</summary>
    public static string Call(string row) => row.Split(TableKey.Separator) is [_, var call, ..] ? call : row;

    /// <summary>The leg's place in a RowKey; -1 in a key that is none.</summary>
    public static int Ordinal(string row) =>
        row.Split(TableKey.Separator) is [_, _, var ordinal] && int.TryParse(ordinal, NumberStyles.None, CultureInfo.InvariantCulture, out var place) ? place : -1;

    public static int Bucket(string callId, int bucketCount) => KeyBucket.Of(callId, bucketCount);
}
