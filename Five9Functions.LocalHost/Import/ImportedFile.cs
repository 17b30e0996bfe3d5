using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.LocalHost.Files;
using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.LocalHost.Import;

/// <summary>One of the person's files on its way.</summary>
/// <param name="Report">One of <see cref="Storage.ReportNames"/>.</param>
/// <param name="Name">As run.json names it.</param>
/// <param name="Source">As the person has it.</param>
/// <param name="File">Its clean text.</param>
internal sealed record ImportedFile(string Report, string Name, ExportedFile Source, ReportFile File)
{
    /// <summary>Its columns in their order, by the names that they are kept by.</summary>
    public IReadOnlyList<string> Columns => ReportHeader.ColumnsOf(Source.Header.Columns).Names;

    /// <summary>What a person should know of the file whatever became of its rows.</summary>
    public IEnumerable<string> Warnings => FileWords.Warnings(Source);

    /// <summary>What is wrong with the import when the rows of the file are not those accounted for.</summary>
    public IEnumerable<string> Incomplete(int accounted) => accounted == File.Count ? [] : [$"The file has {File.Count} rows, but {accounted} are accounted for."];

    /// <summary>What is wrong with the file when less than half of it was understood. A row that a rule refuses was understood.</summary>
    public IEnumerable<string> NotUnderstood(IEnumerable<QuarantinedRow> quarantined)
    {
        var understood = File.Count - quarantined.Count(row => row.IsUnreadable);
        return understood >= File.Count - understood
            ? []
            : [$"{(understood == 0 ? "None" : $"Only {understood}")} of the {File.Count} rows of the {(Report == Storage.ReportNames.Calls ? "call log" : "agent-state report")} could be read: see the reasons in {ImportFiles.Quarantined}."];
    }
}
