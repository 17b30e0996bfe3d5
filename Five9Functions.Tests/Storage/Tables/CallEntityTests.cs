using Five9Functions.Calls;
using Five9Functions.Five9.Reports;
using Five9Functions.Storage.Tables;
using Five9Functions.Tests.Calls;
using NodaTime;

namespace Five9Functions.Tests.Storage.Tables;

public sealed class CallEntityTests
{
    private const string Inbound =
        "300000010270763,\"Fri, 21 Aug 2026 09:00:04\",Sales In,Inbound,ann,Ann Ost,Sold,5550100003,Jo Doe,5550100104,00:05:54,00:05:54,0.0312,00:00:20.500,00:00:12.499,00:00:03,00:04:00,00:01:00,00:00:00,00:00:30,1,0,2,0,09:00:11(3:46)";

    private static readonly Dictionary<string, object> Columns = new()
    {
        ["PartitionKey"] = "acme|2026-08-21|07",
        ["RowKey"] = "2026-08-21T16:00:04Z|300000010270763|002",
        ["CallId"] = "300000010270763",
        ["Start"] = new DateTimeOffset(2026, 8, 21, 16, 0, 4, TimeSpan.Zero),
        ["CallType"] = "Inbound",
        ["Class"] = "contactLeg",
        ["Queue"] = "Sales In",
        ["Contact"] = "300000010270763/1",
        ["Campaign"] = "Sales In",
        ["Skill"] = "",
        ["Agent"] = "ann",
        ["AgentName"] = "Ann Ost",
        ["Disposition"] = "Sold",
        ["QueueWaitSeconds"] = 12,
        ["RingSeconds"] = 3,
        ["TalkSeconds"] = 240,
        ["HoldSeconds"] = 60,
        ["ParkSeconds"] = 0,
        ["AfterCallWorkSeconds"] = 30,
        ["Abandoned"] = false,
        ["CallSeconds"] = 354,
        ["IvrSeconds"] = 21,
        ["Transfers"] = 1,
        ["Conferences"] = 0,
        ["Holds"] = 2,
    };

    [Test]
    public void From_Leg_HasExactlyTheseColumns_AndNothingOfTheCustomer() => Assert.That(From(Inbound, keepCustomerData: false), Is.EquivalentTo(Columns));

    [Test]
    public void From_Leg_HasCustomerDataWhereItIsKept() => Assert.That(From(Inbound, keepCustomerData: true), Is.EquivalentTo(new Dictionary<string, object>(Columns)
    {
        ["Ani"] = "5550100003",
        ["Dnis"] = "5550100104",
        ["CustomerName"] = "Jo Doe",
        ["Recordings"] = "09:00:11(3:46)",
    }));

    [Test]
    public void From_WhatIsEmptyAndNoText_HasNoColumn()
    {
        var row = From("1,\"Fri, 21 Aug 2026 09:00:04\",[None],Fax,[None],,,,,,,,,,,,,,,,,,,-,", keepCustomerData: true);

        Assert.That(row.Keys, Is.EquivalentTo(Columns.Keys.Except(["Abandoned", "CallSeconds", "IvrSeconds", "Transfers", "Conferences", "Holds"])));
        Assert.That((row["Class"], row["Queue"], row["Contact"], row["TalkSeconds"]), Is.EqualTo(((object)"unclassified", (object)"(no campaign)", (object)"", (object)0)));
    }

    [Test]
    public void From_ReportWithMoreLengths_HasThem()
    {
        var (row, leg) = Leg(
            "CALL ID,TIMESTAMP,CAMPAIGN,CALL TYPE,AGENT,QUEUE WAIT TIME,RING TIME,TALK TIME,HOLD TIME,PARK TIME,AFTER CALL WORK TIME,ABANDONED,HANDLE TIME,SPEED OF ANSWER,TIME TO ABANDON",
            "1,\"Fri, 21 Aug 2026 09:00:04\",Sales,Inbound,ann,,,00:00:10,,,,0,00:00:10.500,00:00:07,00:00:08");

        var entity = CallEntity.From("p", new StoredLeg(new ClassifiedLeg(leg, LegClass.ContactLeg, "Sales", "1/1"), row, 0), false);

        Assert.That((entity["HandleSeconds"], entity["SpeedOfAnswerSeconds"], entity["TimeToAbandonSeconds"]), Is.EqualTo(((object)11, (object)7, (object)8)));
    }

    private static Azure.Data.Tables.TableEntity From(string line, bool keepCustomerData)
    {
        var (row, leg) = Leg(WorkedExample.LiveRows.Split('\n')[0], line);
        var classified = CallDay.Of(leg.Day, [leg], new CallRules(QueueGrouping.Campaign)).Legs.Single();
        return CallEntity.From("acme|2026-08-21|07", new StoredLeg(classified, row, 2), keepCustomerData);
    }

    /// <summary>As kept by an integration that once kept customer data.</summary>
    private static (ReportRow Row, CallLeg Leg) Leg(string header, string line)
    {
        var row = CallLogReport.ReadAsync(new StringReader($"{header}\n{line}\n"), QueueGrouping.Campaign, CallText.AllDays, 50_000, true, CancellationToken.None).GetAwaiter().GetResult().Rows.Single();
        return (row, CallLogReport.ToLeg(row, new LocalDate(2026, 8, 21)));
    }
}
