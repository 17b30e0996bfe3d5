using System.Globalization;
using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>One state as Five9 knows it. Instants are UTC, so both passes of the autumn hour can be said.</summary>
/// <param name="To">Null: it is still going on. A report that is run before it shows no length.</param>
internal sealed record StateRow(string Agent, string State, string From, string? To, string Reason = "", string Call = "")
{
    public Instant Start { get; } = InstantPattern.General.Parse(From).Value;

    public Instant? End { get; } = To is null ? null : InstantPattern.General.Parse(To).Value;

    /// <summary>What the report shows as its length, in place of the truth.</summary>
    public string? Length { get; init; }
}

/// <summary>The agent-state report over rows that a test gives, and may change between two runs.</summary>
internal sealed class StateRows(params StateRow[] rows) : IReportSource
{
    public const string Columns = "DATE,TIME,AGENT,AGENT NAME,STATE,REASON CODE,CALL ID,AGENT STATE TIME";

    private volatile IReadOnlyList<StateRow> _rows = rows;
    private volatile string _header = Columns;

    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    public IReadOnlyList<StateRow> Rows { get => _rows; set => _rows = value; }

    /// <summary>How DATE and TIME are written.</summary>
    public string StartPattern { get; init; } = "uuuu/MM/dd','HH:mm:ss";

    public string HeaderText { get => _header; set => _header = value; }

    public ReadOnlyMemory<byte> Header => Encoding.UTF8.GetBytes(_header);

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) => _rows
        .Where(row => window.Contains(row.Start) && row.Start <= asOf)
        .Select(row => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(Record(row, asOf)));

    private string Record(StateRow row, Instant asOf)
    {
        var length = row.Length ?? (row.End is { } end && end <= asOf ? Text(end - row.Start) : "");
        return $"{LocalDateTimePattern.CreateWithInvariantCulture(StartPattern).Format(row.Start.InZone(Zone).LocalDateTime)},{row.Agent},,{row.State},{row.Reason},{row.Call},{length}";
    }

    private static string Text(Duration length)
    {
        var seconds = (long)length.TotalSeconds;
        return string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600:00}:{seconds / 60 % 60:00}:{seconds % 60:00}");
    }
}
