using System.Globalization;
using Azure.Data.Tables;

namespace Five9Functions.Tests.Imports;

/// <summary>A table's rows as text: "partition / row", then each column as "Name: type value", in the order of names.</summary>
internal static class RowText
{
    private static readonly string[] System = ["odata.etag", "PartitionKey", "RowKey", "Timestamp"];

    public static async Task<string[]> OnlyAsync(TableClient table) => Of((await table.QueryAsync<TableEntity>().ToListAsync()).Single());

    public static string[] Of(TableEntity row) =>
    [
        $"{row.PartitionKey} / {row.RowKey}",
        .. row.Where(column => !System.Contains(column.Key)).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => $"{column.Key}: {Text(column.Value)}"),
    ];

    private static string Text(object? value) => value switch
    {
        DateTimeOffset time => $"DateTime {time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture)}",
        string text => $"String {text}",
        int number => string.Create(CultureInfo.InvariantCulture, $"Int32 {number}"),
        long number => string.Create(CultureInfo.InvariantCulture, $"Int64 {number}"),
        bool truth => truth ? "Boolean true" : "Boolean false",
        _ => $"{value?.GetType().Name}",
    };
}
