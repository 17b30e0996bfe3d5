using System.Globalization;
using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>
/// An agent-state report of any number of rows from one instant on, made row by row: no two alike, not in the order of their starts,
/// of 401 agents whose states overlap.
/// </summary>
internal sealed class ManyRows(Instant from, Duration length, int rows) : IReportSource
{
    private static readonly string[] States = ["Ready", "Not Ready", "On Call", "After Call Work", "Ringing", "On Hold"];

    public ReadOnlyMemory<byte> Header { get; } = Encoding.UTF8.GetBytes("AGENT,AGENT NAME,DATE,TIME,STATE,REASON CODE,AGENT STATE TIME,CALL ID");

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf)
    {
        for (var i = 0; i < rows; i++)
        {
            // A step without a common divisor: every second comes about as often as any other.
            var start = from + Duration.FromSeconds(i * 7919L % (long)length.TotalSeconds);
            if (window.Contains(start))
            {
                yield return Encoding.UTF8.GetBytes(Record(i, start));
            }
        }
    }

    /// <summary>As a file that a person exported.</summary>
    public async Task WriteAsync(string path)
    {
        await using var file = new StreamWriter(path);
        await file.WriteAsync(Encoding.UTF8.GetString(Header.Span) + "\n");
        foreach (var record in Records(new Interval(from, from + length), from + length))
        {
            await file.WriteAsync(Encoding.UTF8.GetString(record.Span) + "\n");
        }
    }

    private static string Record(int i, Instant start)
    {
        var (utc, agent, seconds) = (start.InUtc(), i % 401, 1 + (i * 31L % 600));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"agent{agent}@example.com,Agent {agent},{utc:yyyy'/'MM'/'dd},{utc:HH':'mm':'ss},{States[i % 6]},{(i % 6 == 1 ? "Lunch" : "")},00:{seconds / 60:00}:{seconds % 60:00},{(i % 6 == 2 ? $"30000000{i:0000000}" : "")}");
    }
}
