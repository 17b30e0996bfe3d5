using System.Text;
using Five9Functions.Five9.Reports;
using Five9Functions.LocalHost.Simulator;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Interval = NodaTime.Interval;

namespace Five9Functions.Tests.LocalHost.Simulator;

/// <summary>What the file says are its records, the importer reads as so many records, however broken they are.</summary>
public sealed class ReportFileAgreementTests
{
    private const string Header = "AGENT,DATE,TIME,STATE,AGENT STATE TIME";

    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private readonly string _path = Path.GetTempFileName();

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public void EveryRecordOfTheFile_IsOneOfTheImport()
    {
        var line = Gen.Elements(
            "ann,2026/08/21,09:00:00,Ready,00:00:01",
            "\"bob\",2026/08/21,10:00:00,\"Re,ady\",",
            "\"cat,2026/08/21,10:00:00,Ready,",
            "dan,2026/08/21,11:00:00,\"Ready,",
            "\"eve\nand\",2026/08/21,12:00:00,\"two\r\nlines\",",
            "f\"ay,2026/08/21,12:00:00,Ready,",
            "\"g\"us,2026/08/21,12:00:00,\"Ready,",
            "soon,,,Ready,",
            "\"",
            "\"\"",
            ",\"",
            "",
            " ",
            Header);
        var texts = Gen.Zip(Gen.ListOf(line), Gen.Elements("\n", "\r\n", "\r")).Select(given => string.Join(given.Item2, given.Item1.Prepend(Header))).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(texts, text =>
        {
            File.WriteAllText(_path, text);
            var file = new ReportFile(_path, Pacific);
            var served = new StringBuilder(Header).Append('\n');
            foreach (var record in file.Records(new Interval(Instant.MinValue, Instant.MaxValue), Instant.MaxValue))
            {
                served.Append(Encoding.UTF8.GetString(record.Span)).Append('\n');
            }

            var day = new Interval(Instant.FromUtc(2026, 8, 21, 7, 0), Instant.FromUtc(2026, 8, 22, 7, 0));
            var content = AgentStateReport.ReadAsync(new StringReader(served.ToString()), new ReportWindow(day, day, Pacific), int.MaxValue, true, CancellationToken.None).Result;

            Assert.That((content.Read, content.Rows.Count + content.Quarantined.Count), Is.EqualTo((file.Count, file.Count)), text);
            Assert.That(content.Quarantined.Select(q => q.Raw).Except(file.Records().Select(r => r.Raw)), Is.Empty, text);
        }));
    }
}
