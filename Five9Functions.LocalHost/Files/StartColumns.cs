using CsvHelper;
using Five9Functions.Five9.Csv;

namespace Five9Functions.LocalHost.Files;

/// <summary>The columns of a report file that say when a record starts, and for how long its state lasted; found by name.</summary>
internal sealed class StartColumns
{
    private readonly int _date;
    private readonly int _time;
    private readonly int _timestamp;
    private readonly int _length;

    /// <summary>Of columns with one name the first counts.</summary>
    /// <param name="names">Normalized, in the order of the fields.</param>
    public StartColumns(IReadOnlyList<string> names)
    {
        List<string> columns = [.. names];
        (_date, _time, _timestamp, _length) = (columns.IndexOf("DATE"), columns.IndexOf("TIME"), columns.IndexOf("TIMESTAMP"), columns.IndexOf("AGENT STATE TIME"));
    }

    private bool InTwo => _date >= 0 && _time >= 0;

    /// <summary>Null when it cannot be read.</summary>
    /// <param name="order">Null: a start whose day and month could be exchanged cannot be read.</param>
    public ReportedTime? Start(CsvReader csv, DateOrder? order) => InTwo ? ReportFields.DateAndTime(csv.GetSpan(_date), csv.GetSpan(_time), order)
        : _timestamp >= 0 ? ReportFields.Timestamp(csv.GetSpan(_timestamp), order)
        : null;

    /// <summary>What the start, which cannot be read without an order, says about the order of day and month.</summary>
    public DateEvidence Evidence(CsvReader csv) => InTwo ? ReportTime.EvidenceOf(csv.GetString(_date), csv.GetString(_time))
        : _timestamp >= 0 ? ReportTime.EvidenceOf(csv.GetString(_timestamp))
        : DateEvidence.None;

    /// <summary>The text that holds the date, for a person.</summary>
    public string Text(CsvReader csv) => InTwo ? csv.GetString(_date) : _timestamp >= 0 ? csv.GetString(_timestamp) : "";

    /// <summary>Whole seconds; null when there is no length that can be read.</summary>
    public long? Seconds(CsvReader csv) => _length < 0 ? null : ReportFields.Seconds(csv.GetSpan(_length));
}
