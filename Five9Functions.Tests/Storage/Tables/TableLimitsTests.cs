using Azure.Data.Tables;
using Five9Functions.Storage.Tables;

namespace Five9Functions.Tests.Storage.Tables;

public sealed class TableLimitsTests
{
    [Test]
    public void Check_LongestString_IsTaken() =>
        Assert.That(() => TableLimits.Check("Calls", new TableEntity("p", "r") { ["Note"] = new string('x', 32_768) }), Throws.Nothing);

    [Test]
    public void Check_StringTooLong_NamesTableColumnAndLimit() => Assert.That(
        () => TableLimits.Check("Calls", new TableEntity("p", "r") { ["Note"] = new string('x', 32_769) }),
        Throws.TypeOf<TableLimitException>().With.Message.EqualTo(
            "Table Calls, partition p: column Note of a row has 32769 UTF-16 units where 32768 are allowed; shorten it before it is written."));

    [TestCase(15, false)]
    [TestCase(16, true)]
    public void Check_EntityOverOneMebibyte_IsRefused(int longestStrings, bool refused)
    {
        var row = new TableEntity("p", "r");
        for (var i = 0; i < longestStrings; i++)
        {
            row[$"Column{i}"] = new string('x', 32_768);
        }

        Assert.That(() => TableLimits.Check("Calls", row), refused ? Throws.TypeOf<TableLimitException>() : Throws.Nothing);
    }

    [TestCase(252, false)]
    [TestCase(253, true)]
    public void Check_MoreThan252Columns_IsRefused(int columns, bool refused)
    {
        var row = new TableEntity("p", "r");
        for (var i = 0; i < columns; i++)
        {
            row[$"Column{i}"] = i;
        }

        Assert.That(() => TableLimits.Check("Calls", row), refused ? Throws.TypeOf<TableLimitException>() : Throws.Nothing);
    }

    [TestCase(512, false)]
    [TestCase(513, true)]
    public void Check_KeyTooLong_IsRefused(int length, bool refused) => Assert.That(
        () => TableLimits.Check("Calls", new TableEntity("p", new string('k', length))),
        refused ? Throws.TypeOf<TableLimitException>() : Throws.Nothing);

    [TestCase(100, false)]
    [TestCase(101, true)]
    public void CheckTransaction_MoreThan100Operations_IsRefused(int operations, bool refused) => Assert.That(
        () => TableLimits.CheckTransaction("Calls", [.. Enumerable.Range(0, operations).Select(i => Add("p", $"{i}"))]),
        refused ? Throws.TypeOf<TableLimitException>() : Throws.Nothing);

    [Test]
    public void CheckTransaction_TwoPartitions_AreRefused() =>
        Assert.That(() => TableLimits.CheckTransaction("Calls", [Add("p", "1"), Add("P", "2")]), Throws.TypeOf<TableLimitException>());

    [Test]
    public void CheckTransaction_OneRowTwice_IsRefused() =>
        Assert.That(() => TableLimits.CheckTransaction("Calls", [Add("p", "1"), Add("p", "1")]), Throws.TypeOf<TableLimitException>());

    // A hundred strings of 32,768 units stay below four mebibytes; written as \uXXXX they do not.
    [TestCase('x', false)]
    [TestCase('é', true)]
    public void CheckTransaction_OverFourMebibytesAsItIsSent_IsRefused(char unit, bool refused) => Assert.That(
        () => TableLimits.CheckTransaction("Calls", [.. Enumerable.Range(0, 100).Select(i => Add("p", $"{i}", new string(unit, 32_768)))]),
        refused ? Throws.TypeOf<TableLimitException>() : Throws.Nothing);

    private static TableTransactionAction Add(string partition, string row, string text = "") =>
        new(TableTransactionActionType.Add, new TableEntity(partition, row) { ["Text"] = text });
}
