using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Tests.Calls;

namespace Five9Functions.Tests.Five9.Reports;

/// <summary>Exact twins are found on the whole row, also where its customer data is dropped.</summary>
public sealed class LookAlikeTests
{
    private const string Columns = "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED,ANI,CUSTOMER NAME";

    [Test]
    public async Task Rows_ThatDifferInCustomerDataAlone_AreNoTwins()
    {
        string[] rows = [Row("5550100001"), Row("5550100002"), Row("5550100001"), Row("5550100003,"), Row("5550100002"), Row("5550100002"), Row("5550100001", "8")];

        var dropped = await ReadAsync(rows);
        var kept = await ReadAsync(rows, keepCustomerData: true);

        Assert.That(Twins(dropped), Is.EqualTo((Legs: 4, Duplicates: 3)));
        Assert.That(Twins(kept), Is.EqualTo((Legs: 4, Duplicates: 3)));
        Assert.That(dropped.Rows.Select(row => (row.Key, row["look-alike"])), Is.EquivalentTo(new[] { ("7", ""), ("7", ""), ("7", ""), ("7", "2"), ("7", "2"), ("7", "3"), ("8", "") }));
        Assert.That(dropped.Rows.SelectMany(row => row.Values), Has.None.Contains("5550100"));
        Assert.That(kept.Rows.Select(row => row.Columns.IndexOf("look-alike")), Has.All.Negative);
    }

    [Test]
    public async Task TheOrderOfTheReport_ChangesNoRow()
    {
        string[] rows = [Row("5550100001"), Row("5550100002"), Row("5550100003"), Row("5550100003")];

        var content = await ReadAsync(rows);
        var reversed = await ReadAsync([.. rows.Reverse()]);

        Assert.That(Told(reversed), Is.EqualTo(Told(content)).And.EqualTo("  2 3"));
    }

    [Test]
    public async Task ValuesThatRunTogether_AreNotTheSameCustomer()
    {
        var content = await ReadAsync([Row("55,5"), Row("5,55")]);

        Assert.That(Twins(content), Is.EqualTo((Legs: 2, Duplicates: 0)));
    }

    [Test]
    public async Task TheOrderOfColumns_OrOneThatIsEmpty_MakesNoOtherRow()
    {
        var one = await ReadAsync([Row("5550100001")]);
        var other = await CallLogReport.ReadAsync(
            new StringReader("ABANDONED,CALL ID,TIMESTAMP,CAMPAIGN,SKILL,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME\n1,7,\"Fri, 21 Aug 2026 09:00:12\",Sales,,Inbound,,00:00:05,,,,,\n"),
            QueueGrouping.Campaign, CallText.AllDays, 100, false, CancellationToken.None);

        Assert.That(CallLogReport.ToLeg(other.Rows.Single(), CallText.Friday), Is.EqualTo(CallLogReport.ToLeg(one.Rows.Single(), CallText.Friday)));
    }

    private static string Row(string ani, string callId = "7") => $"{callId},\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,,00:00:05,,,,,,1,{ani}{(ani.Contains(',', StringComparison.Ordinal) ? "" : ",")}";

    private static string Told(ReportContent content) => string.Join(' ', content.Rows.Select(row => row["look-alike"]).Order(StringComparer.Ordinal));

    private static (int Legs, int Duplicates) Twins(ReportContent content)
    {
        var (day, legs) = CallDay.Of(CallText.Friday, content.Rows.Select(row => CallLogReport.ToLeg(row, CallText.Friday)), new CallRules(QueueGrouping.Campaign));
        return (legs.Count, day.Rows.Duplicate);
    }

    private static Task<ReportContent> ReadAsync(string[] rows, bool keepCustomerData = false) =>
        CallLogReport.ReadAsync(new StringReader($"{Columns}\n{string.Join('\n', rows)}\n"), QueueGrouping.Campaign, CallText.AllDays, 100, keepCustomerData, CancellationToken.None);
}
