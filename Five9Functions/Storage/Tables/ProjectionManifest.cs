using Azure;
using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>What a partition was last made to hold, and from what: its row <c>manifest</c>.</summary>
/// <param name="ETag">The version of the row that was read; null when there is none yet.</param>
/// <param name="Hash">Of all rows that were derived for the partition, 64 hex digits; empty while they are being changed, or after that was cut off.</param>
/// <param name="Inputs">The versions that the rows were derived from.</param>
/// <param name="Rows">How many rows the partition holds, the manifest apart.</param>
/// <param name="Refused">The rows that it is to hold and does not, because the table refuses them: <see cref="RefusedRows"/>.</param>
public sealed record ProjectionManifest(string PartitionKey, ETag? ETag, string Hash, string Inputs, int Rows, string Refused = "")
{
    public static ProjectionManifest Absent(string partitionKey) => new(partitionKey, null, "", "", 0);

    public static ProjectionManifest From(TableEntity row) => new(
        row.PartitionKey,
        row.ETag,
        Text(row, nameof(Hash)),
        Text(row, nameof(Inputs)),
        row.TryGetValue(nameof(Rows), out var rows) && rows is int number ? number : 0,
        Text(row, nameof(Refused)));

    // A column of another type says nothing: without a hash, all that is stored is read and compared.
    private static string Text(TableEntity row, string column) => row.TryGetValue(column, out var value) && value is string text ? text : "";

    public TableEntity ToRow() => new(PartitionKey, Projection.ManifestRow)
    {
        [nameof(Hash)] = Hash,
        [nameof(Inputs)] = Inputs,
        [nameof(Rows)] = Rows,
        [nameof(Refused)] = Refused.Length > 0 ? Refused : null,
    };
}
