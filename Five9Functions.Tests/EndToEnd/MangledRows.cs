using System.Text;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>A report whose records and header a test may change on their way out, as when Five9 or a person changes its form.</summary>
internal sealed class MangledRows(IReportSource rows) : IReportSource
{
    private volatile Func<string, int, string> _mangle = (record, _) => record;

    /// <summary>Given a record and its number in the report; the header is 0.</summary>
    public Func<string, int, string> Mangle { get => _mangle; set => _mangle = value; }

    public ReadOnlyMemory<byte> Header => Mangled(rows.Header, 0);

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf) => rows.Records(window, asOf).Select((record, i) => Mangled(record, i + 1));

    /// <summary>Changes records and leaves the header.</summary>
    public void MangleRecords(Func<string, string> mangle) => Mangle = (record, i) => i == 0 ? record : mangle(record);

    private ReadOnlyMemory<byte> Mangled(ReadOnlyMemory<byte> record, int number) => Encoding.UTF8.GetBytes(_mangle(Encoding.UTF8.GetString(record.Span), number));
}
