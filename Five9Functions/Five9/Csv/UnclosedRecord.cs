namespace Five9Functions.Five9.Csv;

/// <summary>A record that was taken out of a report because a quote in it is never closed.</summary>
/// <param name="Line">The line of the report where it begins; the header is 1, mostly.</param>
/// <param name="Lines">How many lines it takes up to the next row, or to the end of the report.</param>
/// <param name="Raw">As it stands there, without the line break that ends it.</param>
internal sealed record UnclosedRecord(int Line, int Lines, ReadOnlyMemory<byte> Raw);

/// <summary>A record of a report is so long that it can be none.</summary>
/// <param name="line">Where it begins.</param>
internal sealed class RecordTooLongException(int line)
    : Exception($"Line {line} begins a record of over {RecordAssembly.MaxRecordSize / 1024 / 1024} MiB.")
{
    public int Line { get; } = line;
}
