using CsvHelper;
using Five9Functions.Five9;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.LocalHost.Import;

/// <summary>One of the person's files on its way.</summary>
/// <param name="Report">One of <see cref="Storage.ReportNames"/>.</param>
/// <param name="Name">As run.json names it.</param>
internal sealed record ImportedFile(string Report, string Name, ReportFile File)
{
    /// <summary>Its columns in their order, by the names that they are kept by; none when the header cannot be read.</summary>
    public IReadOnlyList<string> Columns
    {
        get
        {
            using var csv = CsvReader.Create(File.Header, CsvDialect.Strict(_ => { }));
            return csv.Read() ? ReportHeader.ColumnsOf(Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)).Names : [];
        }
    }

    /// <summary>What a person should know of the file whatever became of its rows.</summary>
    public IEnumerable<string> Warnings => File.NotUtf8 == 0
        ? []
        : [$"{File.NotUtf8} lines hold characters that are not UTF-8; each such byte is written as U+FFFD. Save the file as UTF-8 to have them as they are."];

    /// <summary>What is wrong with the import when the rows of the file are not those accounted for.</summary>
    public IEnumerable<string> Incomplete(int accounted) => accounted == File.Count ? [] : [$"The file has {File.Count} rows, but {accounted} are accounted for."];
}
