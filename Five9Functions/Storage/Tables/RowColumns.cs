using System.Security.Cryptography;
using System.Text;
using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>A row's own columns: everything but its keys and what the service adds. An absent column and a null are the same.</summary>
internal static class RowColumns
{
    private const int OperationOverhead = 1024;
    private const int ColumnOverhead = 64;
    private const int MaxScalar = 64;
    private const int JsonEscaped = 6; // \uXXXX
    private const int PercentEncoded = 9; // a UTF-16 unit of three octets in an address

    public static IEnumerable<KeyValuePair<string, object>> Of(TableEntity row) => row.Where(column => column.Value is not null
        && column.Key is not ("PartitionKey" or "RowKey" or "Timestamp")
        && !column.Key.StartsWith("odata.", StringComparison.Ordinal));

    /// <summary>
    /// SHA-256 of the canonical form: columns by name in ordinal order, each with its type and its value. A row reads back with
    /// the digest that it was written with.
    /// </summary>
    /// <exception cref="NotSupportedException">A column has a type that does not come back from Table Storage as it went in.</exception>
    public static byte[] Digest(TableEntity row)
    {
        using var canonical = new MemoryStream();
        using var writer = new BinaryWriter(canonical, Encoding.UTF8);
        foreach (var (name, value) in Of(row).OrderBy(column => column.Key, StringComparer.Ordinal))
        {
            writer.Write(name);
            Write(writer, name, value);
        }

        return SHA256.HashData(canonical.GetBuffer().AsSpan(0, (int)canonical.Length));
    }

    /// <summary>What the service counts towards the size of an entity.</summary>
    public static int StoredBytes(object value) => value switch
    {
        string text => (text.Length * 2) + 4,
        byte[] bytes => bytes.Length + 4,
        Guid => 16,
        bool => 1,
        int => 4,
        _ => 8,
    };

    /// <summary>An upper bound of an operation's length in a transaction: JSON, escaped wherever it could be, and its headers.</summary>
    public static int SentBytes(TableEntity row) => OperationOverhead
        + (2 * PercentEncoded * (row.PartitionKey.Length + row.RowKey.Length))
        + Of(row).Sum(column => ColumnOverhead + (2 * column.Key.Length) + column.Value switch
        {
            string text => SentBytes(text),
            byte[] bytes => bytes.Length * 3 / 2,
            _ => MaxScalar,
        });

    private static int SentBytes(string text)
    {
        var bytes = 0;
        foreach (var unit in text)
        {
            bytes += char.IsAsciiLetterOrDigit(unit) ? 1 : JsonEscaped;
        }

        return bytes;
    }

    private static void Write(BinaryWriter writer, string name, object value)
    {
        switch (value)
        {
            case string text:
                writer.Write('s');
                writer.Write(text);
                break;
            case bool flag:
                writer.Write('b');
                writer.Write(flag);
                break;
            case int number:
                writer.Write('i');
                writer.Write(number);
                break;
            case long number:
                writer.Write('l');
                writer.Write(number);
                break;
            case double number:
                writer.Write('d');
                writer.Write(number);
                break;
            case DateTimeOffset time:
                writer.Write('t');
                writer.Write(time.UtcTicks);
                break;
            case Guid id:
                writer.Write('g');
                writer.Write(id.ToByteArray());
                break;
            case byte[] bytes:
                writer.Write('x');
                writer.Write(bytes.Length);
                writer.Write(bytes);
                break;
            default:
                throw new NotSupportedException($"Column {name} is of type {value.GetType().Name}, which does not come back from Table Storage as it went in: use string, bool, int, long, double, DateTimeOffset, Guid or byte[].");
        }
    }
}
