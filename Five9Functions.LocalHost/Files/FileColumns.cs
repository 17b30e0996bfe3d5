using CsvHelper;
using Five9Functions.Five9.Csv;

namespace Five9Functions.LocalHost.Files;

/// <summary>What the columns of a file say of a record: whether it is one of its rows.</summary>
internal sealed class FileColumns
{
    /// <param name="header">Its fields as they stand there.</param>
    public FileColumns(IReadOnlyList<string> header)
    {
        Names = [.. header.Select(ReportHeader.Normalize)];
        Start = new StartColumns(Names);
    }

    public IReadOnlyList<string> Names { get; }

    public StartColumns Start { get; }

    /// <summary>By how many empty fields a record is longer than the header; null when it has another number of fields, or they hold something.</summary>
    public int? EmptyFieldsAfter(CsvReader csv)
    {
        for (var i = Names.Count; i < csv.FieldCount; i++)
        {
            if (csv.GetSpan(i).Length > 0)
            {
                return null;
            }
        }

        return csv.FieldCount < Names.Count ? null : csv.FieldCount - Names.Count;
    }

    /// <summary>It has the fields of the header and its start can be read; it may be a bad row otherwise.</summary>
    /// <param name="order">Null: the order of day and month is not known yet.</param>
    public bool IsRow(CsvReader csv, DateOrder? order) =>
        EmptyFieldsAfter(csv) is not null && (Start.Start(csv, order) is not null || (order is null && Start.Evidence(csv) != DateEvidence.None));
}
