using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>A report with the rows that a test says: the instant of the start, and the record.</summary>
internal sealed class LiteralRows(string header, params (string Start, string Record)[] rows) : IReportSource
{
    public ReadOnlyMemory<byte> Header { get; } = Encoding.UTF8.GetBytes(header);

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) => rows
        .Where(r => window.Contains(InstantPattern.General.Parse(r.Start).Value))
        .Select(r => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(r.Record));
}
