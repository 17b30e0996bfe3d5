using CsvHelper;

namespace Five9Functions.Five9.Csv;

/// <summary>The customer data of a record in 128 bits. Held while a report is read, never kept: a short number could be guessed from it.</summary>
internal sealed class DroppedFields(ReportHeader header)
{
    private readonly int[] _fields = [.. Enumerable.Range(0, header.Blanked.Length).Where(i => header.Blanked[i])];
    private readonly FieldsHash _hash = new();

    public UInt128 Of(CsvReader record)
    {
        foreach (var field in _fields)
        {
            _hash.Append(record.GetSpan(field));
        }

        return _hash.Take();
    }
}
