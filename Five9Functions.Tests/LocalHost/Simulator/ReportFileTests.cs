using System.Text;
using Five9Functions.LocalHost.Files;
using Five9Functions.LocalHost.Simulator;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class ReportFileTests
{
    private const string Header = "AGENT,DATE,TIME,STATE,AGENT STATE TIME";

    private static readonly DateTimeZone Pacific = DateTimeZoneProviders.Tzdb["America/Los_Angeles"];

    private readonly string _path = Path.GetTempFileName();

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public void Records_OfAWindow_AreTheRawRecordsThatStartInIt_InFileOrder()
    {
        var file = Open(
            Header,
            "b,2026/08/21,10:00:00,\"On \"\"Call\"\", really\",00:00:10",
            "a,2026/08/21,08:59:59,Ready,00:00:10",
            "c,2026/08/21, 09:00:00 ,\"two\r\nlines\",",
            "d,2026/08/21,11:00:00,Ready,00:00:10");

        // Pacific summer time is seven hours behind.
        Assert.That(Served(file, "2026-08-21T16:00:00Z", "2026-08-21T18:00:00Z"), Is.EqualTo(new[]
        {
            "b,2026/08/21,10:00:00,\"On \"\"Call\"\", really\",00:00:10",
            "c,2026/08/21, 09:00:00 ,\"two\r\nlines\",",
        }));
        Assert.That(Encoding.UTF8.GetString(file.Header.Span), Is.EqualTo(Header));
    }

    [Test]
    public void Records_WithTimestamp_AreFoundByIt()
    {
        var file = Open(
            "CALL ID,Timestamp,AGENT",
            "1,\"Fri, 21 Aug 2026 09:00:12\",x",
            "2,\"Fri, 21 Aug 2026 09:00:13\",x");

        Assert.That(Served(file, "2026-08-21T16:00:13Z", "2026-08-21T17:00:00Z"), Is.EqualTo(new[] { "2,\"Fri, 21 Aug 2026 09:00:13\",x" }));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void Records_AreTheSame_WhateverEndsTheLines(string lineBreak)
    {
        var file = OpenText(string.Join(lineBreak, Header, "a,2026/08/21,09:00:00,Ready,", "", "b,2026/08/21,09:00:01,\"x\ny\",00:00:01", "") + lineBreak);

        Assert.That(file.Records(), Is.EqualTo(new[] { (2, "a,2026/08/21,09:00:00,Ready,"), (4, "b,2026/08/21,09:00:01,\"x\ny\",00:00:01") }));
        Assert.That(Served(file, "2026-08-21T16:00:00Z", "2026-08-21T16:00:01Z"), Is.EqualTo(new[] { "a,2026/08/21,09:00:00,Ready," }));
    }

    [Test]
    public void TheByteOrderMark_IsLeftOut()
    {
        var file = OpenText("\uFEFF" + Header + "\na,2026/08/21,09:00:00,Ready,\n");

        Assert.That(Encoding.UTF8.GetString(file.Header.Span), Is.EqualTo(Header));
        Assert.That(Served(file, "2026-08-21T16:00:00Z", "2026-08-21T17:00:00Z"), Is.EqualTo(new[] { "a,2026/08/21,09:00:00,Ready," }));
    }

    [Test]
    public void UnreadableAndBrokenRecords_GoWithTheReadableOneBeforeThem_ElseAfter()
    {
        var file = Open(
            Header,
            "first,too few",
            "second,2026/13/01,09:00:00,Ready,",
            "a,2026/08/21,09:00:00,Ready,",
            "x,,,Ready,",
            "x,2026/08/21,9:00,stray \"quote\",",
            "x,2026/08/21,09:00:00,too,many,fields",
            "b,2026/08/21,10:00:00,Ready,",
            "x,2026/08/21,09:00:00,\"after\"closing,");

        Assert.That(Served(file, "2026-08-21T16:00:00Z", "2026-08-21T16:00:01Z"), Is.EqualTo(new[]
        {
            "first,too few",
            "second,2026/13/01,09:00:00,Ready,",
            "a,2026/08/21,09:00:00,Ready,",
            "x,,,Ready,",
            "x,2026/08/21,9:00,stray \"quote\",",
            "x,2026/08/21,09:00:00,too,many,fields",
        }));
        Assert.That(Served(file, "2026-08-21T17:00:00Z", "2026-08-21T17:00:01Z"), Is.EqualTo(new[]
        {
            "b,2026/08/21,10:00:00,Ready,",
            "x,2026/08/21,09:00:00,\"after\"closing,",
        }));
        Assert.That(file.Records().Select(r => r.Line), Is.EqualTo(new[] { 2, 3, 4, 5, 6, 7, 8, 9 }));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void AnUnclosedQuote_EndsAtTheNextRow_OrWithTheFile(string lineBreak)
    {
        var file = OpenText(string.Join(
            lineBreak,
            Header,
            "a,2026/08/21,09:00:00,Ready,",
            "b,2026/08/21,10:00:00,\"Ready,",
            "too,few",
            "c,2026/08/21,11:00:00",
            "d,2026/08/21,12:00:00,Ready,",
            "e,2026/08/21,13:00:00,\"Ready,",
            ""));

        Assert.That(file.Records(), Is.EqualTo(new[]
        {
            (2, "a,2026/08/21,09:00:00,Ready,"),
            (3, $"b,2026/08/21,10:00:00,\"Ready,{lineBreak}too,few{lineBreak}c,2026/08/21,11:00:00"),
            (6, "d,2026/08/21,12:00:00,Ready,"),
            (7, "e,2026/08/21,13:00:00,\"Ready,"),
        }));
        Assert.That(Served(file, "2026-08-21T19:00:00Z", "2026-08-21T20:00:00Z"), Is.EqualTo(new[] { "d,2026/08/21,12:00:00,Ready,", "e,2026/08/21,13:00:00,\"Ready," }));
    }

    [Test]
    public void ARecordOfMoreThanAMebibyte_IsRefused_NamingItsLine()
    {
        Assert.That(
            () => Open(Header, "a,2026/08/21,09:00:00,Ready,", $"b,2026/08/21,10:00:00,\"{new string('x', 2_000_000)}", "c,2026/08/21,11:00:00,Ready,"),
            Throws.TypeOf<ReportFileException>().With.Message.EqualTo("Line 3 begins a record of over 1 MiB. A quote is probably never closed: correct that line of the file."));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void AUtf16File_IsRefused_SayingWhatToDo(bool bigEndian)
    {
        File.WriteAllText(_path, Header + "\na,2026/08/21,09:00:00,Ready,\n", new UnicodeEncoding(bigEndian, byteOrderMark: true));

        Assert.That(() => new ReportFile(_path, Pacific), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            "The file is UTF-16 (\"Unicode text\"): save it as CSV in UTF-8."));
    }

    [Test]
    public void BytesThatAreNotUtf8_AreServedAsTheyStand()
    {
        byte[] latin = [.. Encoding.Latin1.GetBytes("Müller,2026/08/21,09:00:00,Re\0ady,")];
        byte[] broken = [.. Encoding.Latin1.GetBytes("Müller,2026/08/21,Ü \"quote\",Ready,")];
        File.WriteAllBytes(_path, [.. Encoding.UTF8.GetBytes(Header + "\n"), .. latin, (byte)'\n', .. broken, (byte)'\n', .. latin]);
        var file = new ReportFile(_path, Pacific);

        var served = file.Records(Window("2026-08-21T16:00:00Z", "2026-08-21T17:00:00Z"), Instant.MaxValue).Select(r => r.ToArray()).ToList();

        Assert.That(served, Is.EqualTo(new[] { latin, broken, latin }));
    }

    [Test]
    public void ManyRecords_LieWhereTheIndexSays()
    {
        // More than one chunk of the index and many buffers of the reader; every third record is broken, every fifth spans lines.
        var rows = Enumerable.Range(0, 40_000)
            .Select(i => $"agent {i},2026/08/21,{i / 3600 % 24:00}:{i / 60 % 60:00}:{i % 60:00},{(i % 3 == 0 ? "a \"b" : i % 5 == 0 ? "\"x\r\n\n\ry\"" : "Ready")},00:00:01")
            .ToList();
        var file = OpenText(Header + "\r\n" + string.Join("\r\n", rows));

        Assert.That(file.Records().Select(r => r.Raw), Is.EqualTo(rows));
        Assert.That(file.Count, Is.EqualTo(40_000));
        Assert.That(Served(file, "2026-08-21T07:00:01Z", "2026-08-21T07:00:03Z"), Is.EqualTo(new[] { rows[0], rows[1], rows[2], rows[3] }));
    }

    [Test]
    public void Duplicates_AreServedAsOftenAsTheyStandThere()
    {
        var file = Open(Header, "a,2026/08/21,09:00:00,Ready,", "a,2026/08/21,09:00:00,Ready,");

        Assert.That(Served(file, "2026-08-21T16:00:00Z", "2026-08-21T17:00:00Z"), Has.Length.EqualTo(2));
    }

    [TestCase("a,2026/08/21,22:00:00,Ready,02:00:00", "2026-08-21", "2026-08-21", TestName = "Days_EndAtMidnightSharp")]
    [TestCase("a,2026/08/21,22:00:00,Ready,02:00:01", "2026-08-21", "2026-08-22", TestName = "Days_EndAfterMidnight")]
    [TestCase("a,2026/08/21,22:00:00,Ready,26:00:00.900", "2026-08-21", "2026-08-22", TestName = "Days_FractionsAreDropped")]
    [TestCase("a,2026/08/21,00:00:00,Ready,00:00:00", "2026-08-21", "2026-08-21", TestName = "Days_ZeroLength")]
    [TestCase("a,2026/08/21,22:00:00,Ready,", "2026-08-21", "2026-08-21", TestName = "Days_OpenState")]
    [TestCase("a,2026/08/21,22:00:00,Ready,-30:00:00", "2026-08-21", "2026-08-21", TestName = "Days_NegativeLength")]
    [TestCase("a,2026/08/21,22:00:00,Ready,168:00:00", "2026-08-21", "2026-08-28", TestName = "Days_SevenDays")]
    [TestCase("a,2026/08/21,22:00:00,Ready,168:00:01", "2026-08-21", "2026-08-21", TestName = "Days_LongerThanSevenDays")]
    [TestCase("a,2026/11/01,00:00:00,Ready,25:00:00", "2026-11-01", "2026-11-01", TestName = "Days_AutumnDayIsLonger")]
    [TestCase("a,2026/03/08,00:00:00,Ready,23:00:01", "2026-03-08", "2026-03-09", TestName = "Days_SpringDayIsShorter")]
    public void Days(string record, string first, string last)
    {
        var file = Open(Header, "x,2026/99/99,09:00:00,Ready,", record, "y,1999/01/01,09:00:00,\"br\"oken,");

        Assert.That((file.Days.First(), file.Days.Last()), Is.EqualTo((LocalDatePattern.Iso.Parse(first).Value, LocalDatePattern.Iso.Parse(last).Value)));
    }

    [Test]
    public void Days_AreThoseThatRowsTouch_InOrder()
    {
        var file = Open(Header, "a,2026/11/01,09:00:00,Ready,", "a,2026/03/08,09:00:00,Ready,26:00:00", "a,2026/11/01,10:00:00,Ready,", "a,2026/03/09,09:00:00,Ready,");

        Assert.That(file.Days, Is.EqualTo(new[] { new LocalDate(2026, 3, 8), new LocalDate(2026, 3, 9), new LocalDate(2026, 11, 1) }));
    }

    [TestCase("TIMESTAMP", "\"Mon, 03 Nov 2026 00:30:00\"", TestName = "Starts_OfAWeekdayThatIsNotThatOfTheDate_AreUnreadable")]
    [TestCase("DATE,TIME", "2026/11/03,\u00a000:30:00", "2026/11/03", TestName = "Starts_WithABlankThatIsNotASpace_AreReadable")]
    [TestCase("DATE,TIME", "2026/11/03,\v00:30:00", TestName = "Starts_WithABlankThatXmlCannotHold_AreUnreadable")]
    [TestCase("Date, t\u00a0ime ", "2026/11/03,00:30:00", TestName = "Starts_InAColumnOfAnotherName_AreUnreadable")]
    [TestCase("date,\"\ntime \"", "2026/11/03,00:30:00", "2026/11/03", TestName = "Starts_InAColumnWithBlanksAround_AreReadable")]
    [TestCase("DATE,TIME", "0001/01/01,00:30:00", TestName = "Starts_OfAYearThatStorageCannotHold_AreUnreadable")]
    public void Starts_AreReadableWhenTheImporterCanReadThem(string columns, string start, params string[] days)
    {
        var file = Open(columns, start);

        Assert.That(file.Days, Is.EqualTo(days.Select(day => LocalDatePattern.Create("uuuu/MM/dd", System.Globalization.CultureInfo.InvariantCulture).Parse(day).Value)));
    }

    [Test]
    public void NewestInstant_IsTheLatestStartOrEnd()
    {
        var file = Open(Header, "a,2026/08/21,09:00:00,Ready,03:00:00", "a,2026/08/21,11:59:59,Ready,");

        Assert.That(file.NewestInstant, Is.EqualTo(Instant.FromUtc(2026, 8, 21, 19, 0)));
    }

    [Test]
    public void TimesThatDoNotExistOrExistTwice_AreResolvedLeniently()
    {
        var file = Open(Header, "spring,2026/03/08,02:30:00,Ready,", "autumn,2026/11/01,01:30:00,Ready,");

        Assert.That(Served(file, "2026-03-08T10:30:00Z", "2026-03-08T10:30:01Z"), Is.EqualTo(new[] { "spring,2026/03/08,02:30:00,Ready," }));
        Assert.That(Served(file, "2026-11-01T08:30:00Z", "2026-11-01T08:30:01Z"), Is.EqualTo(new[] { "autumn,2026/11/01,01:30:00,Ready," }));
    }

    [TestCase("", "")]
    [TestCase("\n\n", "")]
    [TestCase("  \n \t\r\n \n", "")]
    [TestCase(Header, Header)]
    [TestCase(Header + "\n", Header)]
    public void AFileWithoutRecords_HasNothingToServe(string text, string header)
    {
        var file = OpenText(text);

        Assert.That(Encoding.UTF8.GetString(file.Header.Span), Is.EqualTo(header));
        Assert.That(Served(file, "1970-01-01T00:00:00Z", "2100-01-01T00:00:00Z"), Is.Empty);
        Assert.That((file.Days.Count, file.NewestInstant, file.Count), Is.EqualTo((0, (Instant?)null, 0)));
    }

    [TestCase("A,B", "1,2", "3,4")]
    [TestCase("A,\"B\"C", "1,2", "3,4")]
    [TestCase("DATE,TIME", "yesterday,noon", "2026-08,09:00:00")]
    public void WithoutAnyReadableStart_EveryRecordIsInEveryWindow(string header, string first, string second)
    {
        var file = Open(header, first, second);

        Assert.That(Served(file, "2030-01-01T00:00:00Z", "2030-01-02T00:00:00Z"), Is.EqualTo(new[] { first, second }));
        Assert.That(Encoding.UTF8.GetString(file.Header.Span), Is.EqualTo(header));
    }

    private static Interval Window(string from, string to) => new(InstantPattern.General.Parse(from).Value, InstantPattern.General.Parse(to).Value);

    private static string[] Served(ReportFile file, string from, string to) =>
        [.. file.Records(Window(from, to), Instant.MaxValue).Select(r => Encoding.UTF8.GetString(r.Span))];

    private ReportFile Open(params string[] lines) => OpenText(string.Join('\n', lines) + "\n");

    private ReportFile OpenText(string text)
    {
        File.WriteAllText(_path, text);
        return new ReportFile(_path, Pacific);
    }
}
