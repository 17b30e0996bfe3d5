using Five9Functions.Five9.Reports;
using Five9Functions.Storage.RawDays;
using static Five9Functions.Tests.Storage.RawDayTestData;

namespace Five9Functions.Tests.Storage;

public sealed class RowOrderTests
{
    [Test]
    public void Rows_AreOrderedByKeyThenStartThenValuesThenEnd()
    {
        ReportRow[] rows =
        [
            Row("Bob", "09:00", "09:05"),
            Row("Ann", "10:00", "10:05", "Ready"),
            Row("Ann", "10:00", "10:06", "Ready"),
            Row("Ann", "10:00", null, "Ready"),
            Row("Ann", "10:00", "10:05", "On Call"),
            Row("Ann", "09:00", "10:05", "Ready"),
            Row("ann", "08:00", "08:05", "Ready"),
        ];

        Assert.That(rows.Order(RowOrder.Instance).Select(Text), Is.EqualTo(new[]
        {
            "Ann 09:00-10:05 Ready",
            "Ann 10:00-10:05 On Call",
            "Ann 10:00- Ready",
            "Ann 10:00-10:05 Ready",
            "Ann 10:00-10:06 Ready",
            "Bob 09:00-09:05 Ready",
            "ann 08:00-08:05 Ready",
        }));
    }

    [Test]
    public void Rows_ThatSayTheSame_AreEqualWhateverTheirColumns()
    {
        var row = Row("Ann", "09:00", "09:05", "Ready");
        var otherOrder = row with { Columns = new(["STATE", "AGENT"]), Values = ["Ready", "Ann"] };
        var moreColumns = row with { Columns = new(["AGENT", "REASON CODE", "STATE", "Z"]), Values = ["Ann", "", "Ready", ""] };
        var saysMore = moreColumns with { Values = ["Ann", "", "Ready", "z"] };

        Assert.Multiple(() =>
        {
            Assert.That(RowOrder.Instance.Compare(row, otherOrder), Is.Zero);
            Assert.That(RowOrder.Instance.Compare(row, moreColumns), Is.Zero);
            Assert.That(RowOrder.Instance.Compare(row, saysMore), Is.Negative);
            Assert.That(RowOrder.Instance.Compare(saysMore, row), Is.Positive);
        });
    }
}
