using System.Text;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.LocalHost.Files;
using Five9Functions.LocalHost.Simulator;
using NodaTime;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>Random files of both reports: what is read is what the same rows in Five9's own form say, and nothing that is broken ends in more than a sentence.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class RandomFilesTests
{
    private const int Files = 400;

    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];
    private static readonly Interval Month = new(Instant.FromUtc(2026, 10, 1, 0, 0), Instant.FromUtc(2026, 12, 31, 0, 0));

    private readonly string _path = Path.GetTempFileName();

    static RandomFilesTests() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    [TearDown]
    public void Delete() => File.Delete(_path);

    [TestCase(false)]
    [TestCase(true)]
    public async Task AFileInAnotherForm_SaysWhatFive9sOwnFormSays(bool calls)
    {
        var (broken, otherOrder) = (0, 0);
        for (var seed = 0; seed < Files; seed++)
        {
            var random = new RandomFile(seed, calls);
            await File.WriteAllBytesAsync(_path, random.Bytes);

            var own = await ReadAsync(random.Own, calls, null);
            var (theirs, file) = await ReadFileAsync(calls);

            Assert.That(Said(theirs), Is.EqualTo(Said(own)), $"seed {seed}: {random.Text}");
            Assert.That((theirs.Read, theirs.Rows.Count + theirs.Quarantined.Count), Is.EqualTo((own.Read, own.Read)), $"seed {seed}");
            broken += own.Quarantined.Count;
            otherOrder += file.Dates is null ? 0 : 1;
        }

        Assert.That(broken, Is.GreaterThan(Files / 2), "else the files are too good");
        Assert.That(otherOrder, Is.GreaterThan(Files / 4), "else the dates are too plain");
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task ADamagedFile_IsReadWithEveryRowAccountedFor_OrRefusedInASentence(bool calls)
    {
        var (read, refused) = (0, 0);
        for (var seed = 0; seed < Files; seed++)
        {
            await File.WriteAllBytesAsync(_path, Damaged(new RandomFile(seed, calls).Bytes, new Random(seed)));
            try
            {
                var (content, _) = await ReadFileAsync(calls);
                Assert.That(content.Rows.Count + content.Quarantined.Count + content.Outside, Is.EqualTo(content.Read), $"seed {seed}");
                read++;
            }
            catch (ReportFileException e)
            {
                Assert.That(e.Message, Has.Length.InRange(20, 600), $"seed {seed}");
                refused++;
            }
        }

        Assert.That(read, Is.GreaterThan(Files / 2));
        Assert.That(refused, Is.GreaterThan(0));
    }

    private static byte[] Damaged(byte[] bytes, Random random)
    {
        List<byte> damaged = [.. bytes];
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var at = random.Next(damaged.Count);
            switch (random.Next(6))
            {
                case 0:
                    damaged.RemoveRange(at, Math.Min(random.Next(40), damaged.Count - at));
                    break;
                case 1:
                    damaged.RemoveRange(at, damaged.Count - at > 200 ? 0 : damaged.Count - at);
                    break;
                case 2:
                    damaged[at] = (byte)random.Next(256);
                    break;
                case 3:
                    damaged.Insert(at, (byte)'"');
                    break;
                case 4:
                    damaged.Insert(at, "\r\n\0;,\t"u8[random.Next(6)]);
                    break;
                default:
                    damaged.InsertRange(at, damaged.GetRange(at, Math.Min(30, damaged.Count - at)));
                    break;
            }

            if (damaged.Count == 0)
            {
                break;
            }
        }

        return [.. damaged];
    }

    /// <summary>By the way of an import: through the clean text, and the file that the simulator serves, whose records are those of the import.</summary>
    private async Task<(ReportContent Content, ExportedFile File)> ReadFileAsync(bool calls)
    {
        var file = ExportedFile.Open(_path, new FileRequest(calls ? CallLogReport.LayoutOf(QueueGrouping.Campaign) : AgentStateReport.Layout));
        var clean = _path + ".clean";
        try
        {
            await using (var output = File.Create(clean))
            {
                file.CopyTo(output);
            }

            var report = new ReportFile(clean, Pacific, file.Dates);
            var served = new StringBuilder(Encoding.UTF8.GetString(report.Header.Span)).Append('\n');
            foreach (var record in report.Records(new Interval(Instant.MinValue, Instant.MaxValue), Instant.MaxValue))
            {
                served.Append(Encoding.UTF8.GetString(record.Span)).Append('\n');
            }

            var content = await ReadAsync(served.ToString(), calls, file.Dates);
            Assert.That(content.Read, Is.EqualTo(report.Count), served.ToString());
            return (content, file);
        }
        finally
        {
            File.Delete(clean);
        }
    }

    private static Task<ReportContent> ReadAsync(string text, bool calls, DateOrder? dates)
    {
        var window = new ReportWindow(Month, Month, Pacific) { Dates = dates };
        return calls
            ? CallLogReport.ReadAsync(new StringReader(text), QueueGrouping.Campaign, window, int.MaxValue, true, CancellationToken.None)
            : AgentStateReport.ReadAsync(new StringReader(text), window, int.MaxValue, true, CancellationToken.None);
    }

    private static string Said(ReportContent content) => string.Join('\n', content.Rows.Select(Said).Concat(content.Quarantined.Select(row => $"quarantined: {row.Reason}")));

    private static string Said(ReportRow row)
    {
        if (row.Columns.IndexOf("CALL TYPE") < 0)
        {
            return $"{row.Key} {row["AGENT NAME"]} {row.Start} {row.End} {row["STATE"]} {row["REASON CODE"]} {row["CALL ID"]}";
        }

        var leg = CallLogReport.ToLeg(row, new LocalDate(2026, 11, 1));
        return $"{leg.CallId} {leg.Start} {leg.Campaign} {leg.Agent} {row["AGENT NAME"]} {leg.QueueWait} {leg.Ring} {leg.Talk} {leg.Hold} {leg.Park} {leg.AfterCallWork} {leg.Abandoned}";
    }
}
