using System.IO.Compression;
using System.Text;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.LocalHost.Files;

namespace Five9Functions.Tests.LocalHost.Files;

/// <summary>One reader for the files that people have: what goes in, and the clean text that comes out.</summary>
public sealed class ExportedFileTests
{
    private const string Header = "AGENT,AGENT NAME,DATE,TIME,STATE,AGENT STATE TIME";
    private const string Row = "ann,Ann,2026/11/02,08:00:00,Ready,00:01:00";
    private const string Second = "bob,Bob,2026/11/02,09:00:00,Ready,00:02:00";
    private const string Clean = Header + "\n" + Row + "\n" + Second + "\n";

    private readonly string _path = Path.GetTempFileName();

    [TearDown]
    public void Delete() => File.Delete(_path);

    [TestCase("utf-8", true, "UTF-8")]
    [TestCase("utf-8", false, "UTF-8")]
    [TestCase("utf-16", true, "UTF-16")]
    [TestCase("utf-16", false, "UTF-16")]
    [TestCase("utf-16BE", true, "UTF-16 (big endian)")]
    [TestCase("utf-16BE", false, "UTF-16 (big endian)")]
    [TestCase("utf-32", true, "UTF-32")]
    [TestCase("utf-32BE", true, "UTF-32 (big endian)")]
    public void Encodings_AreRecognized_WithAMarkOrWithout(string encoding, bool mark, string name)
    {
        var text = Clean.Replace("Ann", "Jos\u00E9 \u4E2D", StringComparison.Ordinal);
        var bytes = Encoding.GetEncoding(encoding);
        File.WriteAllBytes(_path, [.. mark ? bytes.GetPreamble() : [], .. bytes.GetBytes(text)]);

        var file = Open();

        Assert.That(file.Encoding.Name, Is.EqualTo(name));
        Assert.That(CleanText(file), Is.EqualTo(text));
    }

    [Test]
    public void WindowsQuotesAndAccents_AreReadAsWindows1252()
    {
        byte[] name = [0x93, .. "Jos"u8, 0xE9, 0x94, 0x80]; // in curly quotes, and a euro sign
        WriteBytes(Header + "\nann,", name, ",2026/11/02,08:00:00,Ready,00:01:00\n");

        var file = Open();

        Assert.That((file.Encoding.Name, file.Encoding.IsGuess), Is.EqualTo(("Windows-1252", true)));
        Assert.That(CleanText(file), Is.EqualTo(Header + "\nann,\u201CJos\u00E9\u201D\u20AC,2026/11/02,08:00:00,Ready,00:01:00\n"));
    }

    [Test]
    public void AnEncodingThatWasAskedFor_IsUsed()
    {
        WriteBytes(Header + "\nann,", [0xA3, 0xF3, 0x64, 0xBC], ",2026/11/02,08:00:00,Ready,00:01:00\n");

        Assert.That(CleanText(Open(encoding: "windows-1250")), Does.Contain(",\u0141\u00F3d\u013D,"));
        Assert.That(CleanText(Open()), Does.Contain(",\u00A3\u00F3d\u00BC,"));
    }

    [Test]
    public void AFewBytesThatAreNotUtf8_AmongCharactersThatAre_DoNotMakeItWindows1252()
    {
        WriteBytes(Header + "\njos\u00E9\u00E9\u00E9\u00E9\u00E9,Jos\u00E9\u00E9\u00E9\u00E9\u00E9,2026/11/02,08:00:00,Ready,00:01:00\nann,", [0xC3], ",2026/11/02,09:00:00,Ready,00:01:00\n");

        var file = Open();

        Assert.That((file.Encoding.Name, file.Encoding.Broken), Is.EqualTo(("UTF-8", 1)));
        Assert.That(CleanText(file), Is.EqualTo(Header + "\njos\u00E9\u00E9\u00E9\u00E9\u00E9,Jos\u00E9\u00E9\u00E9\u00E9\u00E9,2026/11/02,08:00:00,Ready,00:01:00\nann,\uFFFD,2026/11/02,09:00:00,Ready,00:01:00\n"));
        Assert.That(FileWords.Warnings(file), Is.EqualTo(new[] { "1 character is not UTF-8 and became U+FFFD. Save the file as UTF-8, or give --encoding." }));
    }

    [TestCase(';', "semicolons")]
    [TestCase('\t', "tabs")]
    public void Separators_AreFound_AndFieldsWithCommasKeepThem(char separator, string name)
    {
        Write(FieldFile.Separated(Header, separator), FieldFile.Separated("ann,\"Ann, the first\",2026/11/02,08:00:00,Ready,\"0,5\"", separator));

        var file = Open();

        Assert.That(file.Header.SeparatorName, Is.EqualTo(name));
        Assert.That(CleanText(file), Is.EqualTo(Header + "\nann,\"Ann, the first\",2026/11/02,08:00:00,Ready,\"0,5\"\n"));
    }

    [Test]
    public void AQuotedNameThatHoldsAnotherSeparator_IsNoSeparator()
    {
        Write("\"AGENT;NAME;TEAM;SITE;A;B;C\",AGENT,DATE,TIME,STATE,AGENT STATE TIME", "x;y,ann,2026/11/02,08:00:00,Ready,00:01:00");

        Assert.That(CleanText(Open()), Is.EqualTo("\"AGENT;NAME;TEAM;SITE;A;B;C\",AGENT,DATE,TIME,STATE,AGENT STATE TIME\nx;y,ann,2026/11/02,08:00:00,Ready,00:01:00\n"));
    }

    [TestCase("sep=;", ';')]
    [TestCase("SEP=;", ';')]
    [TestCase("\"sep=;\"", ';')]
    [TestCase("sep=\t", '\t')]
    [TestCase("sep=|", '|')]
    [TestCase("sep=,", ',')]
    public void ALineThatNamesTheSeparator_IsPassedOver(string hint, char separator)
    {
        Write(hint, "Agent State Details", "", FieldFile.Separated(Header, separator), FieldFile.Separated(Row, separator));

        var file = Open();

        Assert.That((file.Header.Line, (char)file.Header.Separator), Is.EqualTo((4, separator)));
        Assert.That(CleanText(file), Is.EqualTo($"{Header}\n{Row}\n"));
    }

    [TestCase(20, true)]
    [TestCase(21, false)]
    public void UpTo20Lines_MayStandBeforeTheHeader(int lines, bool read)
    {
        Write([.. Enumerable.Range(1, lines).Select(i => $"Title {i}"), Header, Row]);

        if (read)
        {
            var file = Open();
            Assert.That(CleanText(file), Is.EqualTo($"{Header}\n{Row}\n"));
            Assert.That((file.LineOf(1), file.LineOf(2), file.Header.PassedOver.Count), Is.EqualTo((21, 22, 20)));
        }
        else
        {
            Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
                "None of the first 21 lines is the header of the agent-state report: it needs the columns AGENT, STATE, AGENT STATE TIME, DATE and TIME (or TIMESTAMP), "
                + "separated by commas, semicolons or tabs. Export the report from Five9 again as CSV, with its header."));
        }
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    [TestCase("\n\n")]
    public void LineEnds_AndBlankLines_CountAsTheyStandInTheFile(string lineBreak)
    {
        WriteLines(lineBreak, "Title", "", Header, Row, "\"bob\r\nand\nfred\",Bob,2026/11/02,09:00:00,Ready,00:02:00", "broken");

        var file = Open();
        var clean = CleanText(file).Split('\n');

        Assert.That(clean[0], Is.EqualTo(Header));
        Assert.That(file.LineOf(Array.IndexOf(clean, "broken") + 1), Is.EqualTo(lineBreak.Length == 2 && lineBreak[0] == '\n' ? 13 : 8));
    }

    [TestCase("Total,,,,,00:03:00")]
    [TestCase("Total")]
    [TestCase("TOTALS:,2,,,,")]
    [TestCase("\"Grand Total\",,,,,\"00:03:00\"")]
    [TestCase(",,,,Total,00:03:00")]
    [TestCase(",,,,,00:03:00")]
    [TestCase("Summe,,,,,00:03:00")]
    [TestCase("Total general,,,,,00:03:00")]
    [TestCase("Record Count: 2")]
    [TestCase("2 rows")]
    [TestCase("Total,,,,,00:03:00\n\nReport generated by Five9")]
    public void ATotal_IsNoRow_WhateverItsForm(string total)
    {
        Write(Header, Row, Second, "", total, "");

        var file = Open();

        Assert.That(file.Totals[0], Is.EqualTo(new FileLine(5, total.Split('\n')[0])));
        Assert.That(CleanText(file).TrimEnd('\n') + "\n", Is.EqualTo(Clean));
    }

    [TestCase("Total Care,Ann,2026/11/02,09:00:00,Ready,00:01:00", TestName = "AnAgentCalledTotal_IsARow")]
    [TestCase("Total,,,,,00:03:00\nbob,Bob,2026/11/02,09:00:00,Ready,00:02:00", TestName = "ATotalInTheMiddle_IsARowThatCannotBeRead")]
    [TestCase("ann,Ann,2026/11/02,08", TestName = "ARowThatIsCutOff_IsNoTotal")]
    [TestCase("x,Ann,someday,09:00:00,Ready,00:01:00", TestName = "ARowWithAStartThatCannotBeRead_IsNoTotal")]
    public void WhatIsNoTotal_Stays(string lines)
    {
        Write(Header, Row, lines);

        var file = Open();

        Assert.That(file.Totals, Is.Empty);
        Assert.That(CleanText(file), Is.EqualTo($"{Header}\n{Row}\n{lines}\n"));
    }

    [TestCase(1, "")]
    [TestCase(1, "\"\"")]
    [TestCase(3, "")]
    public void EmptyFieldsThatEveryRowHasMoreThanTheHeader_AreLeftOut(int fields, string empty)
    {
        var more = string.Concat(Enumerable.Repeat($",{empty}", fields));
        Write(Header, Row + more, Second + more);

        var file = Open();

        Assert.That(file.EmptyFields, Is.EqualTo(fields));
        Assert.That(CleanText(file), Is.EqualTo(Clean));
    }

    [Test]
    public void OneRowWithAFieldTooMany_IsBroken_EvenIfItIsEmpty()
    {
        Write(Header, Row, Row, Second + ",");

        Assert.That(CleanText(Open()), Is.EqualTo($"{Header}\n{Row}\n{Row}\n{Second},\n"));
    }

    [TestCase("13/11/2026", "2/11/2026", DateOrder.Dmy, 2)]
    [TestCase("2/11/2026", "13.11.2026", DateOrder.Dmy, 3)]
    [TestCase("11-2-2026", "11-13-2026", DateOrder.Mdy, 3)]
    public void OneValueAbove12_SettlesDayAndMonthForAll(string first, string second, DateOrder order, int proof)
    {
        Write(Header, $"ann,Ann,{first},08:00:00,Ready,00:01:00", $"ann,Ann,{second},09:00:00,Ready,00:01:00");

        var file = Open();

        Assert.That((file.Dates, file.DatesProof!.Number), Is.EqualTo(((DateOrder?)order, proof)));
    }

    [Test]
    public void DatesOfBothOrders_AreAContradiction() => RefusesDates(
        null,
        "The dates contradict each other: in line 2 '13/11/2026' the day comes first, in line 4 '11/14/2026' the month. Two exports were probably put together: import each by itself.",
        "13/11/2026", "1/11/2026", "11/14/2026");

    [Test]
    public void DatesThatDoNotFitTheOption_AreRefused() => RefusesDates(
        DateOrder.Mdy,
        "--dates mdy does not fit line 3 '13/11/2026', where the day comes first: leave the option out, or give --dates dmy.",
        "1/11/2026", "13/11/2026");

    [Test]
    public void DatesInDoubt_InATimestamp_AreRefusedWithLineValueAndOption()
    {
        Write("AGENT,TIMESTAMP,STATE,AGENT STATE TIME", "ann,2026-11-02 08:00:00,Ready,5", "ann,3/4/2026 8:00:00 PM,Ready,5");

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            "It is not certain in line 3 '3/4/2026 8:00:00 PM' which number is the day and which the month, and no date of the file shows it: give --dates dmy or --dates mdy."));
    }

    [Test]
    public void DatesThatAreCertain_NeedNoOrder()
    {
        Write(Header, "ann,Ann,11/11/2026,08:00:00,Ready,00:01:00", "ann,Ann,2026-11-02,08:00:00,Ready,00:01:00");

        Assert.That(Open().Dates, Is.Null);
    }

    [TestCase("AGENT ID", "1.2E+06")]
    [TestCase("SESSION ID", "3,00E+14")]
    public void RoundedIds_AreRefusedInEveryColumnOfIds(string column, string id)
    {
        Write($"{Header};{column}".Replace(',', ';'), $"{Row};12".Replace(',', ';'), $"{Second};".Replace(',', ';') + id);

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            $"{column} {id} was rounded by a spreadsheet and cannot be recovered: export again, or open it as text (line 3)."));
    }

    [TestCase("PK\u0003\u0004 [Content_Types].xml xl/workbook.xml", "The file is an Excel workbook (XLSX): open it in a spreadsheet program and save it as CSV (UTF-8), or export the report from Five9 again as CSV.")]
    [TestCase("PK\u0003\u0004 report.csv", "The file is an archive (zip): unpack it, and give the CSV file that is in it.")]
    [TestCase("PK\u0003\u0004 mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "The file is an OpenDocument spreadsheet (ODS): open it in a spreadsheet program and save it as CSV (UTF-8), or export the report from Five9 again as CSV.")]
    [TestCase("%PDF-1.7", "The file is a PDF: export the report from Five9 again as CSV.")]
    [TestCase("\u001F\u008B\b", "The file is compressed (gzip): unpack it, and give the CSV file that is in it.")]
    [TestCase("\u00D0\u00CF\u0011\u00E0\u00A1\u00B1\u001A\u00E1", "The file is an old Excel workbook (XLS): open it in a spreadsheet program and save it as CSV (UTF-8), or export the report from Five9 again as CSV.")]
    [TestCase("\r\n <!DOCTYPE html><html><body><table>", "The file is a web page (HTML), whatever its name: if it shows the report, open it in a spreadsheet program and save it as CSV (UTF-8); otherwise export the report from Five9 again as CSV.")]
    [TestCase("<table><tr><td>AGENT</td>", "The file is a web page (HTML), whatever its name: if it shows the report, open it in a spreadsheet program and save it as CSV (UTF-8); otherwise export the report from Five9 again as CSV.")]
    [TestCase("<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">", "The file is an Excel workbook (XML): open it in a spreadsheet program and save it as CSV (UTF-8), or export the report from Five9 again as CSV.")]
    [TestCase("", "The file is empty: export the report from Five9 again. A report without rows has its header.")]
    [TestCase("\u00EF\u00BB\u00BF\r\n \t\r\n", "The file is empty: export the report from Five9 again. A report without rows has its header.")]
    [TestCase("\0\0\0\0", "The file is empty: export the report from Five9 again. A report without rows has its header.")]
    public void WhatIsNoReport_IsSaidByWhatItIs(string bytes, string sentence)
    {
        File.WriteAllBytes(_path, Encoding.Latin1.GetBytes(bytes));

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(sentence));
    }

    [Test]
    public void ARealZipFile_AndRealGzip_AreRefused()
    {
        using (var zip = ZipFile.Open(_path, ZipArchiveMode.Update))
        using (var entry = new StreamWriter(zip.CreateEntry("report.csv").Open()))
        {
            entry.Write(Clean);
        }

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.StartsWith("The file is an archive (zip)"));

        using (var gzip = new GZipStream(File.Create(_path), CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Clean));
        }

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.StartsWith("The file is compressed (gzip)"));
    }

    [Test]
    public void ACallLogGivenAsAgentStates_IsSaid()
    {
        File.WriteAllText(_path, FieldFile.CallLog);

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            "The file is a call log, and was given as the agent-state report: give it with the option for the call log."));
    }

    [Test]
    public void AHeaderThatLacksAColumn_IsNamedWithWhatWasFound()
    {
        Write("My report", "AGENT,DATE,TIME,AGENT STATE TIME", "ann,2026/11/02,08:00:00,5");

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            "The agent-state report lacks STATE; found: AGENT, DATE, TIME, AGENT STATE TIME. Add what is missing to the report in Five9."));
    }

    [Test]
    public void AHeaderWithAColumnTwice_IsRefused()
    {
        Write(Header + ",State", Row + ",Ready");

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            "The agent-state report has the column STATE 2 times, and which one is meant cannot be told. Remove all but one from the report in Five9."));
    }

    [TestCase(Header)]
    [TestCase(Header + "\r\n\r\n")]
    [TestCase("Agent State Details\n" + Header + "\nTotal,,,,,\n")]
    public void AHeaderAlone_IsAReportWithoutRows(string text)
    {
        File.WriteAllText(_path, text);

        Assert.That(CleanText(Open()).TrimEnd('\n'), Is.EqualTo(Header));
    }

    [Test]
    public void NulBytesInARow_StayInIt()
    {
        Write(Header, Row.Replace("Ann", "A\0n", StringComparison.Ordinal));

        Assert.That(CleanText(Open()), Is.EqualTo($"{Header}\n{Row.Replace("Ann", "A\0n", StringComparison.Ordinal)}\n"));
    }

    [Test]
    public void AnUnclosedQuote_CostsOneRecord_WhateverTheSeparator()
    {
        Write([.. new[] { Header, "ann,\"Ann,2026/11/02,08:00:00,Ready,00:01:00", "too,few", Second, "b\"x,Bob,2026/11/02,09:00:00,Ready,00:02:00", "\"c\"x,Bob,2026/11/02,09:00:00,Ready,00:02:00" }.Select(line => line.Replace(',', ';'))]);

        Assert.That(CleanText(Open()), Is.EqualTo(
            $"{Header}\nann,\"Ann;2026/11/02;08:00:00;Ready;00:01:00\ntoo;few\n{Second}\nb\"x,Bob,2026/11/02,09:00:00,Ready,00:02:00\n\"c\"x,Bob,2026/11/02,09:00:00,Ready,00:02:00\n"));
    }

    [Test]
    public void ARecordOfMoreThanAMebibyte_IsRefused_NamingItsLineInTheFile()
    {
        Write("Title", Header, Row, $"b,\"{new string('x', 2_000_000)}", Second);

        Assert.That(() => Open(), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(
            "Line 4 begins a record of over 1 MiB. A quote is probably never closed: correct that line of the file."));
    }

    [Test]
    public void TextThatATerminalWouldObey_IsNotShown()
    {
        Write("Title\u001B[31m\u202Ered", new string('x', 100), Header, Row);

        Assert.That(Open().Header.PassedOver, Is.EqualTo(new[] { new FileLine(1, "Title\uFFFD[31m\uFFFDred"), new FileLine(2, new string('x', 60) + "...") }));
    }

    private void RefusesDates(DateOrder? asked, string sentence, params string[] dates)
    {
        Write([Header, .. dates.Select(date => $"ann,Ann,{date},08:00:00,Ready,00:01:00")]);

        Assert.That(() => Open(asked), Throws.TypeOf<ReportFileException>().With.Message.EqualTo(sentence));
    }

    private ExportedFile Open(DateOrder? dates = null, string? encoding = null) => ExportedFile.Open(
        _path,
        new FileRequest(AgentStateReport.Layout) { Others = [CallLogReport.LayoutOf(QueueGrouping.Campaign)], Dates = dates, Encoding = encoding is null ? null : FileEncoding.Find(encoding) });

    private static string CleanText(ExportedFile file)
    {
        using var clean = new MemoryStream();
        file.CopyTo(clean);
        return Encoding.UTF8.GetString(clean.ToArray());
    }

    private void Write(params string[] lines) => WriteLines("\n", lines);

    private void WriteLines(string lineBreak, params string[] lines) => File.WriteAllText(_path, string.Join(lineBreak, lines) + lineBreak);

    private void WriteBytes(string before, byte[] bytes, string after) => File.WriteAllBytes(_path, [.. Encoding.UTF8.GetBytes(before), .. bytes, .. Encoding.UTF8.GetBytes(after)]);
}
