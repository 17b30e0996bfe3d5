using CsvHelper;
using Five9Functions.LocalHost.Files;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>A report as an answer, written row by row.</summary>
internal static class ReportAnswer
{
    /// <summary>One text node with the whole CSV; empty when there is not even a header.</summary>
    public static WriteContent Csv(ReadOnlyMemory<byte> header, IEnumerable<ReadOnlyMemory<byte>> rows) => async (writer, cancellationToken) =>
    {
        writer.Open("return");
        foreach (var record in rows.Prepend(header).Where(r => r.Length > 0))
        {
            writer.Text(record.Span);
            writer.Text("\n"u8);
            await writer.FlushIfLargeAsync(cancellationToken);
        }

        writer.Close("return");
    };

    /// <summary>Each field an element, an empty one nil.</summary>
    public static WriteContent Records(ReadOnlyMemory<byte> header, IEnumerable<ReadOnlyMemory<byte>> rows) => async (writer, cancellationToken) =>
    {
        writer.Open("return");
        WriteRecord(writer, "header", header);
        foreach (var record in rows)
        {
            WriteRecord(writer, "records", record);
            await writer.FlushIfLargeAsync(cancellationToken);
        }

        writer.Close("return");
    };

    private static void WriteRecord(SoapWriter writer, string name, ReadOnlyMemory<byte> record)
    {
        using var csv = CsvReader.Create(record, CsvDialect.Lenient);
        if (!csv.Read())
        {
            return;
        }

        writer.Open(name);
        writer.Open("values");
        for (var i = 0; i < csv.FieldCount; i++)
        {
            if (csv.GetSpan(i) is { Length: > 0 } value)
            {
                writer.Open("data");
                writer.Text(value);
                writer.Close("data");
            }
            else
            {
                writer.Nil("data");
            }
        }

        writer.Close("values");
        writer.Close(name);
    }
}
