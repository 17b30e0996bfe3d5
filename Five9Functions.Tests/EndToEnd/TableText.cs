using System.Globalization;
using Azure.Data.Tables;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A table as text: a line for each row, with its keys and its columns in order of their names.</summary>
internal static class TableText
{
    /// <summary>All columns but Timestamp and ETag.</summary>
    public static Task<IReadOnlyList<string>> ReadAsync(string connectionString, string table, CancellationToken cancellationToken) =>
        ReadAsync(connectionString, table, name => name is not ("odata.etag" or "Timestamp"), cancellationToken);

    public static async Task<IReadOnlyList<string>> ReadAsync(string connectionString, string table, Func<string, bool> columns, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        await foreach (var row in new TableClient(connectionString, table).QueryAsync<TableEntity>(cancellationToken: cancellationToken))
        {
            var shown = row.Where(c => c.Key is not ("PartitionKey" or "RowKey") && columns(c.Key)).OrderBy(c => c.Key, StringComparer.Ordinal);
            lines.Add($"{row.PartitionKey} / {row.RowKey}: {string.Join(' ', shown.Select(c => $"{c.Key}={Text(c.Value)}"))}");
        }

        return lines;
    }

    private static string Text(object? value) => value switch
    {
        string text => $"'{text}'",
        DateTimeOffset time => time.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture).Replace("+00:00", "Z", StringComparison.Ordinal),
        long number => $"{number}L",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };
}
