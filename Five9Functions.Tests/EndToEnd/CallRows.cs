using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>The call log as CSV that a test gives, and may change between two runs. No field before TIMESTAMP may hold a quote.</summary>
internal sealed class CallRows(string csv) : IReportSource
{
    private static readonly LocalDateTimePattern Timestamp = LocalDateTimePattern.CreateWithInvariantCulture("ddd, dd MMM uuuu HH:mm:ss");

    private volatile string _csv = csv;

    public string Csv { get => _csv; set => _csv = value; }

    public ReadOnlyMemory<byte> Header => Encoding.UTF8.GetBytes(Lines[0]);

    /// <summary>In which the report shows its times.</summary>
    public DateTimeZone Zone { get; init; } = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private string[] Lines => _csv.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) => Lines
        .Skip(1)
        .Where(line => Timestamp.Parse(line.Split('"')[1]).Value.InZoneLeniently(Zone).ToInstant() is var start && window.Contains(start) && start <= asOf)
        .Select(line => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(line));

    /// <summary>As the standard report has it, without the column SKILL.</summary>
    public static string WithoutSkill(string csv)
    {
        var skill = csv[..csv.IndexOf('\n', StringComparison.Ordinal)].Trim().Split(',').ToList().IndexOf("SKILL");

        // The comma inside TIMESTAMP is one more before it in the rows.
        return string.Join('\n', csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select((line, i) =>
        {
            var fields = line.Trim().Split(',').ToList();
            fields.RemoveAt(i == 0 ? skill : skill + 1);
            return string.Join(',', fields);
        }));
    }
}
