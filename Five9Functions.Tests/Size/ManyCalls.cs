using System.Globalization;
using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.Size;

/// <summary>A call log of any number of rows from one instant on, made row by row: no two alike, not in the order of their starts, two legs a call.</summary>
internal sealed class ManyCalls(Instant from, Duration length, int rows) : IReportSource
{
    public ReadOnlyMemory<byte> Header { get; } = Encoding.UTF8.GetBytes(
        "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,AGENT NAME,DISPOSITION,ANI,CUSTOMER NAME,DNIS,IVR TIME,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,TRANSFERS,ABANDONED,SKILL");

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

    private static string Record(int i, Instant start) => string.Create(
        CultureInfo.InvariantCulture,
        $"3000000{i / 2:00000000},\"{start.InUtc():ddd, dd MMM uuuu HH:mm:ss}\",Campaign {i % 50:00},Inbound,agent{i % 401}@example.com,Agent {i % 401},Sale,55512{i % 100_000:00000},Customer {i % 9973},8005550000,00:00:20,00:00:{i % 60:00},00:00:05,00:{i % 10:00}:{i % 59:00},00:00:00,00:00:00,00:00:{i % 53:00},0,0,Skill {i % 80:00}");
}
