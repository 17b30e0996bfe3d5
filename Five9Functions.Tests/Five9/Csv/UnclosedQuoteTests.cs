using System.Text;
using System.Text.RegularExpressions;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using FsCheck;
using FsCheck.Fluent;
using static Five9Functions.Tests.Five9.Reports.AgentStateReportTests;

namespace Five9Functions.Tests.Five9.Csv;

/// <summary>Inside quotes, a line that is a whole row by itself is a row: one lost quote must not swallow what follows.</summary>
public sealed partial class UnclosedQuoteTests
{
    private const string Header = "DATE,TIME,AGENT,STATE,AGENT STATE TIME,REASON CODE";
    private const string Anna = "2026/08/21,09:00:00,anna,Ready,00:05:00,";
    private const string Open = "2026/08/21,09:05:00,\"bert,Ready,00:05:00,";
    private const string Carl = "2026/08/21,09:10:00,carl,Ready,bad,";
    private const string Dora = "2026/08/21,09:15:00,dora,Ready,00:05:00,";

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public async Task Read_AQuoteThatIsNeverClosed_EndsAtTheNextLine_WhenThatIsARow(string lineBreak)
    {
        var content = await ReadAsync(string.Join(lineBreak, Header, Anna, Open, Carl, Dora, ""));

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "anna", "dora" }));
        Assert.That(content.Quarantined.Select(q => (q.Line, q.Reason, q.Raw)), Is.EqualTo(new[]
        {
            (3, "a quote that is never closed", Open),
            (4, "the duration cannot be read (AGENT STATE TIME)", Carl),
        }));
        Assert.That(content.Read, Is.EqualTo(4));
    }

    [Test]
    public async Task Read_LinesThatAreNoRows_BelongToTheQuoteBeforeThem_AndAreCounted()
    {
        var content = await ReadAsync($"{Header}\n{Anna}\n{Open}\n?,,carl,Ready,,\ntoo,few\n\n{Dora}\n");

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "anna", "dora" }));
        Assert.That(content.Quarantined.Select(q => (q.Line, q.Reason, q.Raw)), Is.EqualTo(new[]
        {
            (3, "a quote that is never closed; it takes 3 lines", $"{Open}\n?,,carl,Ready,,\ntoo,few"),
        }));
    }

    [Test]
    public async Task Read_AQuoteThatIsNeverClosedInTheLastRow_IsThatRow()
    {
        var content = await ReadAsync($"{Header}\n{Anna}\n{Open}\n");

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "anna" }));
        Assert.That(content.Quarantined.Select(q => (q.Line, q.Reason, q.Raw)), Is.EqualTo(new[] { (3, "a quote that is never closed", Open) }));
    }

    [Test]
    public async Task Read_SeveralQuotesThatAreNeverClosed_AreToldInTheirPlaces()
    {
        var content = await ReadAsync($"{Header}\n{Open}\n{Anna}\n{Open}\n{Open}\n2026/08/21,09:00:00,st\"ray,Ready,,\n{Dora}\n{Open}");

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "anna", "dora" }));
        Assert.That(content.Quarantined.Select(q => q.Line), Is.EqualTo(new[] { 2, 4, 6, 8 }));
        Assert.That(content.Quarantined[1], Is.EqualTo(new QuarantinedRow(content.Rows[0].Start, 4, "text after a closing quote; it takes 2 lines", $"{Open}\n{Open}")));
    }

    [Test]
    public async Task Read_RowsThatAllHoldQuotes_GoOnAfterOneThatIsNotClosed()
    {
        var content = await ReadAsync(
            """
            TIMESTAMP,AGENT,STATE,AGENT STATE TIME
            "Fri, 21 Aug 2026 09:00:00",anna,Ready,00:05:00
            "Fri, 21 Aug 2026 09:05:00,bert,Ready,00:05:00
            "Fri, 21 Aug 2026 09:10:00",carl,Ready,00:05:00
            "Fri, 21 Aug 2026 09:15:00",dora,Ready,00:05:00
            """.ReplaceLineEndings("\n"));

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "anna", "carl", "dora" }));
        Assert.That(content.Quarantined.Select(q => (q.Line, q.Raw)), Is.EqualTo(new[] { (3, "\"Fri, 21 Aug 2026 09:05:00,bert,Ready,00:05:00") }));
    }

    [Test]
    public async Task Read_LineBreaksInQuotes_AreData_WhateverElseTheLinesHold()
    {
        var content = await ReadAsync(
            $"{Header}\n2026/08/21,09:00:00,\"a\n,,,,,\n2026/08/21,09:00:00,x,y\nyesterday,noon,a,b,c,d\n\"\"\n\r\n\",Ready,,\"\"\"\n\"\n{Dora}\n");

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "a\n,,,,,\n2026/08/21,09:00:00,x,y\nyesterday,noon,a,b,c,d\n\"", "dora" }));
        Assert.That(content.Rows[0]["REASON CODE"], Is.EqualTo("\""));
        Assert.That(content.Quarantined, Is.Empty);
    }

    [Test]
    public async Task Read_CustomerData_OfAnUnclosedRecord_IsNotKept()
    {
        var content = await ReadAsync($"{Header},ANI\n{Anna},5550100001\n{Open},5550100001\n{Dora},5550100001\n");

        Assert.That(content.Quarantined.Select(q => (q.Line, q.Raw)), Is.EqualTo(new[] { (3, "") }));
    }

    [Test]
    public void Read_TheLinesOfAnUnclosedRecord_CountTowardsTheCap()
    {
        // Each may have been a record to Five9, which would then have cut the report.
        var csv = $"{Header}\n{Anna}\n{Open}\n?,,carl,Ready,,\n{Dora}\n";

        Assert.That(() => ReadAsync(csv, rowCap: 4), Throws.TypeOf<ReportCutException>());
        Assert.That(async () => (await ReadAsync(csv, rowCap: 5)).Read, Is.EqualTo(3));
    }

    [Test]
    public async Task Read_BlankLinesBeforeTheHeader_ArePassedOver()
    {
        var content = await ReadAsync($"\n \t\r\n\n{Header}\n{Open}\n{Dora}\n");

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "dora" }));
        Assert.That(content.Quarantined.Single().Line, Is.EqualTo(5));
    }

    [Test]
    public void ReadingInPieces_IsTheSame_HoweverSmallTheyAre()
    {
        var line = Gen.Elements("", " ", Header, Anna, Open, Dora, "a,\"b\nc\",d", "\"\"", "x\"y,\"", "\"a\"b,\"c", "é😀,\"", "\",,,,,").Select(text => text + "\r\n");
        var texts = Gen.Zip(Gen.ListOf(line), Gen.Elements("\n", "\r\n", "\r")).Select(given => Header + "\r\n" + string.Concat(given.Item1).Replace("\r\n", given.Item2)).ToArbitrary();

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(500), Prop.ForAll(texts, text =>
        {
            var whole = Passed(text, int.MaxValue);
            Assert.That(Passed(text, 1), Is.EqualTo(whole));
            Assert.That(Passed(text, 7), Is.EqualTo(whole));

            // What was told and what was passed on is all there was, but for blanks and line breaks.
            Assert.That(Told().Replace(whole, "$1").Count(IsText), Is.EqualTo(text.Count(IsText)));
        }));
    }

    private static bool IsText(char c) => c is not (' ' or '\r' or '\n');

    [GeneratedRegex(@"<<\d+\+\d+ (.*?)>>", RegexOptions.Singleline)]
    private static partial Regex Told();

    private static string Passed(string text, int piece)
    {
        var told = new StringBuilder();
        using var records = new RecordStream(
            new Pieces(Encoding.UTF8.GetBytes(text), piece),
            lines => Encoding.UTF8.GetString(lines.Span).Split('\n')[^1] is Anna or Dora,
            record => told.Append($"<<{record.Line}+{record.Lines} {Encoding.UTF8.GetString(record.Raw.Span)}>>"));
        using var passed = new MemoryStream();
        records.CopyTo(passed, 5);
        records.End();
        return $"{Encoding.UTF8.GetString(passed.ToArray())}{told}";
    }

    private sealed class Pieces(byte[] bytes, int longest) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, longest)]);
    }
}
