using System.Net;
using System.Text;
using Five9Functions.Five9;
using Five9Functions.Five9.Reports;
using Five9Functions.Tests.Five9.Reports;
using Microsoft.Extensions.Time.Testing;
using static Five9Functions.Tests.Five9.ScriptedFive9;

namespace Five9Functions.Tests.Five9.Soap;

/// <summary>A report of any size passes through; it is never in memory as a whole.</summary>
public sealed class ReportStreamingTests
{
    private const string Line = "2026/08/21,09:00:00,anna,Not Ready,00:05:00,Lunch &amp; more é\n";
    private const int Lines = 800_000; // 50 MB

    [Test]
    public async Task ReadReportCsv_FiftyMegabytes_AreReadAsTheyArrive()
    {
        var parts = Response("getReportResultCsv", "<return>|</return>").Split('|');
        await using var body = new LongAnswer(parts[0], Line, Lines, parts[1]);
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, body);

        var (characters, furthest) = await five9.Client().ReadReportCsvAsync(Login, "ID", async (csv, token) =>
        {
            var buffer = new char[4096];
            var (total, ahead) = (0L, 0L);
            for (int read; (read = await csv.ReadAsync(buffer.AsMemory(), token)) > 0;)
            {
                Assert.That(read, Is.LessThanOrEqualTo(4096));
                total += read;
                ahead = Math.Max(ahead, body.HandedOut - (total * Encoding.UTF8.GetByteCount(Line) / (Line.Length - "amp;".Length)));
            }

            return (total, ahead);
        }, CancellationToken.None);

        Assert.That(characters, Is.EqualTo(800_000L * 59));
        Assert.That(furthest, Is.LessThan(256 * 1024), "bytes taken from the network before they were read");
    }

    [Test]
    public async Task ReadReportCsv_ADownloadThatFallsSilent_IsGivenUpAfterTwoMinutes()
    {
        var time = new FakeTimeProvider();
        await using var body = new SilentAnswer(Response("getReportResultCsv", "<return>|").Split('|')[0] + string.Concat(Enumerable.Repeat(Line, 10_000)));
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, body);

        var download = five9.Client(time).ReadReportCsvAsync(Login, "ID", async (csv, token) =>
        {
            await csv.ReadAsync(new char[2], token);
            time.Advance(TimeSpan.FromMinutes(5)); // our own slowness is no silence
            return await csv.ReadToEndAsync(token);
        }, CancellationToken.None);
        await body.Silent;
        time.Advance(TimeSpan.FromSeconds(119));
        Assert.That(download.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(() => download, Throws.TypeOf<Five9TransientException>().With.Message.EqualTo(
            "Five9 at api.five9.test sent nothing for 120 s during getReportResultCsv."));
    }

    [TestCase("</return>")] // after a whole row
    [TestCase("2026/08/21,10:00:00")] // in a row
    public void ReadReportCsv_AReportThatEndsEarly_IsNotTakenForAShorterOne(string endsBefore)
    {
        var whole = Response("getReportResultCsv", "<return>DATE,TIME,AGENT,STATE,AGENT STATE TIME\n2026/08/21,09:00:00,anna,Ready,\n2026/08/21,10:00:00,\"anna\",Ready,\n</return>");
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, whole[..whole.IndexOf(endsBefore, StringComparison.Ordinal)]);

        Assert.That(
            () => five9.Client().ReadReportCsvAsync(
                Login, "ID", (csv, token) => AgentStateReport.ReadAsync(csv, AgentStateReportTests.August21(), 50_000, false, token), CancellationToken.None),
            Throws.TypeOf<Five9TransientException>());
    }

    [Test]
    public async Task ReadReportCsv_AReportAsFive9SendsIt_BecomesItsRows()
    {
        using var five9 = new ScriptedFive9(HttpStatusCode.OK, Response(
            "getReportResultCsv", "<return>TIMESTAMP,AGENT,STATE,AGENT STATE TIME&#13;\n\"Fri, 21 Aug 2026 09:00:12\",a&amp;b&#1;,Ready,00:00:05&#13;\n</return>"));

        var content = await five9.Client().ReadReportCsvAsync(
            Login, "ID", (csv, token) => AgentStateReport.ReadAsync(csv, AgentStateReportTests.August21(), 50_000, false, token), CancellationToken.None);

        Assert.That(content.Rows.Select(r => (r.Key, r["AGENT STATE TIME"])), Is.EqualTo(new[] { ("a&b\u0001", "00:00:05") }));
    }

    /// <summary>Says what it has to say, and then nothing more.</summary>
    private sealed class SilentAnswer(string said) : ForwardStream
    {
        private readonly MemoryStream _said = new(Encoding.UTF8.GetBytes(said));
        private readonly TaskCompletionSource _silent = new();

        public Task Silent => _silent.Task;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = _said.Read(buffer.Span);
            if (read == 0)
            {
                var never = Task.Delay(Timeout.Infinite, cancellationToken);
                _silent.TrySetResult();
                await never;
            }

            return read;
        }
    }

    /// <summary>Makes a long answer while it is read, in pieces of odd length.</summary>
    private sealed class LongAnswer(string start, string line, int lines, string end) : ForwardStream
    {
        private readonly byte[] _line = Encoding.UTF8.GetBytes(line);
        private byte[] _piece = Encoding.UTF8.GetBytes(start);
        private int _at;
        private int _linesLeft = lines;
        private bool _ended;

        public long HandedOut { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = 0;
            while (read < Math.Min(buffer.Length, 7919) && (_at < _piece.Length || Next()))
            {
                var count = Math.Min(Math.Min(buffer.Length, 7919) - read, _piece.Length - _at);
                _piece.AsSpan(_at, count).CopyTo(buffer.Span[read..]);
                (_at, read) = (_at + count, read + count);
            }

            HandedOut += read;
            return ValueTask.FromResult(read);
        }

        private bool Next()
        {
            if (_linesLeft-- > 0)
            {
                (_piece, _at) = (_line, 0);
                return true;
            }

            if (_ended)
            {
                return false;
            }

            (_piece, _at, _ended) = (Encoding.UTF8.GetBytes(end), 0, true);
            return true;
        }
    }
}
