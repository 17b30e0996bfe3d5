using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;

namespace Five9Functions.Tests.Five9.Csv;

/// <summary>A value that could not be read is shown, but never what may be a customer's.</summary>
public sealed class UnreadableRecordTests
{
    [TestCase(" 11/2/2026 ", "'11/2/2026'")]
    [TestCase("3.00E+14", "'3.00E+14'")]
    [TestCase("5550100001", "'##########'", Description = "It may be a telephone number.")]
    [TestCase("+1 (555) 010-0001", "'+# (###) ###-####'")]
    [TestCase("555-010-0001", "'###-###-####'")]
    [TestCase("+15550100001 x", "'+########### x'")]
    [TestCase("2026-11-02", "'2026-11-02'")]
    [TestCase("2 nov. 2026 08h00", "'2 nov. 2026 08h00'")]
    [TestCase("1055:01:02.5", "'1055:01:02.5'")]
    [TestCase("nein", "'nein'")]
    [TestCase("Maria", "a text of 5 characters")]
    [TestCase("", "")]
    [TestCase("0123 456789012345678901234567890123456789", "'0123 ###################################...'")]
    [TestCase("a\u0001\u202e1", "'a\uFFFD\uFFFD1'")]
    public void Safe(string value, string shown) => Assert.That(UnreadableRecord.Safe(value), Is.EqualTo(shown));

    [Test]
    public void ToString_NamesLineColumnValueAndForm()
    {
        Assert.That($"{new UnreadableRecord(7, "the start cannot be read (TIMESTAMP)", "'2.11.'", "Fri, 21 Aug 2026 09:00:12")}", Is.EqualTo("line 7: the start cannot be read (TIMESTAMP): '2.11.', must look like Fri, 21 Aug 2026 09:00:12"));
        Assert.That($"{new UnreadableRecord(7, "no CALL ID", "", "300000010270761")}", Is.EqualTo("line 7: no CALL ID: it is empty, must look like 300000010270761"));
        Assert.That($"{new UnreadableRecord(7, "a quote that is never closed", "", "")}", Is.EqualTo("line 7: a quote that is never closed"));
    }

    [TestCase("no agent", true)]
    [TestCase("a deleted agent without an AGENT ID", true)]
    [TestCase("the duration is negative (TALK TIME)", true)]
    [TestCase("the duration is over 168 hours (AGENT STATE TIME)", true)]
    [TestCase("a value of over 32000 characters (STATE)", true)]
    [TestCase("no CALL ID", false)]
    [TestCase("the start cannot be read (TIMESTAMP)", false)]
    [TestCase("the duration cannot be read (TALK TIME)", false)]
    [TestCase("the flag is not 1, 0, - or empty (ABANDONED)", false)]
    [TestCase("a quote that is never closed; it takes 3 lines", false)]
    public void ARefusalIsARowThatWasUnderstood(string reason, bool refused) =>
        Assert.That(new QuarantinedRow(default, 1, reason, "").IsUnreadable, Is.EqualTo(!refused));
}
