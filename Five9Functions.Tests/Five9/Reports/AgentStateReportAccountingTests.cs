using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using NodaTime;
using static Five9Functions.Tests.Five9.Reports.AgentStateReportTests;

namespace Five9Functions.Tests.Five9.Reports;

/// <summary>Which window a record belongs to, how records are counted, and what is kept of them.</summary>
public sealed class AgentStateReportAccountingTests
{
    private const string Header = "DATE,TIME,AGENT,STATE,AGENT STATE TIME";

    [Test]
    public async Task Read_RecordsOutsideTheWindow_AreCountedAndNotKept()
    {
        var content = await ReadAsync($"""
            {Header}
            2026/08/20,22:59:59,a,Ready,00:00:01
            2026/08/20,23:00:00,a,Ready,00:00:01
            2026/08/20,23:59:59,a,Ready,bad
            2026/08/21,00:00:00,a,Ready,00:00:01
            2026/08/21,23:59:59,a,Ready,bad
            2026/08/22,00:00:00,a,Ready,00:00:01
            2026/08/22,01:00:00,a,Ready,bad

            """);

        Assert.That(content.Rows.Select(r => r.Start), Is.EqualTo(new[] { Instant.FromUtc(2026, 8, 21, 7, 0) }));
        Assert.That(content.Quarantined.Select(q => (q.At, q.Line)), Is.EqualTo(new[] { (Instant.FromUtc(2026, 8, 22, 6, 59, 59), 6) }));
        Assert.That((content.Read, content.Outside, content.OutsideAsked), Is.EqualTo((7, 5, 2)));
    }

    [Test]
    public async Task Read_AnUnreadableStart_GoesWithTheNearestReadableRowBeforeIt()
    {
        var content = await ReadAsync($"""
            {Header}
            2026/08/21,09:00:00,a,Ready,00:00:01
            2026/08/21,10:00:00,a,Ready,bad
            ?,,a,Ready,00:00:01
            short
            2026/08/22,00:30:00,a,Ready,00:00:01
            ?,,a,Ready,00:00:01

            """);

        Assert.That(content.Quarantined.Select(q => (q.At, q.Line)), Is.EqualTo(new[]
        {
            (Instant.FromUtc(2026, 8, 21, 17, 0), 3),
            (Instant.FromUtc(2026, 8, 21, 17, 0), 4),
            (Instant.FromUtc(2026, 8, 21, 17, 0), 5),
        }));
        Assert.That((content.Read, content.Rows.Count, content.Outside, content.OutsideAsked), Is.EqualTo((6, 1, 2, 0)));
    }

    [Test]
    public async Task Read_AnUnreadableStartAtTheTop_GoesWithTheFirstReadableRow()
    {
        var content = await ReadAsync($"{Header}\nshort\n?,,a,Ready,\n2026/08/21,10:00:00,a,Ready,bad\n");

        Assert.That(content.Quarantined.Select(q => (q.At, q.Line)), Is.EqualTo(new[]
        {
            (Instant.FromUtc(2026, 8, 21, 17, 0), 2),
            (Instant.FromUtc(2026, 8, 21, 17, 0), 3),
            (Instant.FromUtc(2026, 8, 21, 17, 0), 4),
        }));
    }

    [Test]
    public async Task Read_NoReadableStartAtAll_GoesWithTheWindow()
    {
        var content = await ReadAsync($"{Header}\nshort\n?,,a,Ready,\n");

        Assert.That(content.Quarantined.Select(q => (q.At, q.Line)), Is.EqualTo(new[]
        {
            (Instant.FromUtc(2026, 8, 21, 7, 0), 2),
            (Instant.FromUtc(2026, 8, 21, 7, 0), 3),
        }));
        Assert.That(content.Read, Is.EqualTo(2));
    }

    [Test]
    public async Task Read_OneRecordBelowTheCap_IsWhole()
    {
        var content = await ReadAsync($"{Header}\nshort\n2026/08/21,10:00:00,a,Ready,\n", rowCap: 3);

        Assert.That(content.Read, Is.EqualTo(2));
    }

    [TestCase("2026/08/21,10:00:00,a,Ready,")]
    [TestCase("2026/08/21,10:00:00,a,Ready,bad")]
    [TestCase("2025/08/21,10:00:00,a,Ready,")]
    [TestCase("short")]
    public void Read_TheRecordAtTheCap_EndsTheReadingWhateverItIs(string record)
    {
        var csv = new EndlessText($"{Header}\nshort\n2026/08/21,10:00:00,a,Ready,\n{record}\n", "2026/08/21,10:00:00,a,Ready,\n");

        Assert.That(
            () => AgentStateReport.ReadAsync(csv, August21(), 3, false, CancellationToken.None),
            Throws.TypeOf<ReportCutException>().With.Property("RowCap").EqualTo(3));
        Assert.That(csv.HandedOut, Is.LessThan(200_000));
    }

    [Test]
    public async Task Read_CustomerData_IsDroppedAndBlankedUnlessItIsKept()
    {
        const string csv = """
            DATE,TIME,AGENT,ANI,STATE,AGENT STATE TIME,customer name,ani
            2026/08/21,09:00:00,anna,5550100001,Ready,00:00:01,"Doe, Jane",5550100002
            2026/08/21,09:00:00,"an""na, b",5550100001,Ready,bad,"Doe, Jane",5550100002
            5550100001,short

            """;

        var dropped = await ReadAsync(csv);
        var kept = await ReadAsync(csv, keepCustomerData: true);

        Assert.That(dropped.Rows.Single().Columns.Names, Is.EqualTo(new[] { "DATE", "TIME", "AGENT", "STATE", "AGENT STATE TIME" }));
        Assert.That(dropped.Rows.Single().Values, Is.EqualTo(new[] { "2026/08/21", "09:00:00", "anna", "Ready", "00:00:01" }));
        Assert.That(dropped.Quarantined.Select(q => q.Raw), Is.EqualTo(new[] { "2026/08/21,09:00:00,\"an\"\"na, b\",,Ready,bad,,", "" }));
        Assert.That(kept.Rows.Single()["CUSTOMER NAME"], Is.EqualTo("Doe, Jane"));
        Assert.That(kept.Rows.Single()["ANI (2)"], Is.EqualTo("5550100002"));
        Assert.That(kept.Quarantined.Select(q => q.Raw), Is.EqualTo(new[]
        {
            "2026/08/21,09:00:00,\"an\"\"na, b\",5550100001,Ready,bad,\"Doe, Jane\",5550100002",
            "5550100001,short",
        }));
    }

    [Test]
    public async Task Read_RowsOfOneReport_ShareTheirColumns()
    {
        var content = await ReadAsync($"{Header}\n2026/08/21,10:00:00,a,Ready,\n2026/08/21,10:00:00,b,Ready,\n");

        Assert.That(content.Rows[1].Columns, Is.SameAs(content.Rows[0].Columns));
        Assert.That(content.Rows[1].Values[3], Is.SameAs(content.Rows[0].Values[3]));
    }

    [Test]
    public void Read_WhenCancelled_Stops()
    {
        Assert.That(
            () => AgentStateReport.ReadAsync(new StringReader(Header), August21(), 10, false, new CancellationToken(true)),
            Throws.InstanceOf<OperationCanceledException>());
    }

    /// <summary>A text that goes on for ever, and counts what was taken of it.</summary>
    private sealed class EndlessText(string start, string more) : TextReader
    {
        private string _rest = start;

        public int HandedOut { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<char> buffer, CancellationToken cancellationToken = default)
        {
            var count = Math.Min(buffer.Length, _rest.Length);
            _rest.AsSpan(0, count).CopyTo(buffer.Span);
            _rest = count == _rest.Length ? more : _rest[count..];
            HandedOut += count;
            return ValueTask.FromResult(count);
        }
    }
}
