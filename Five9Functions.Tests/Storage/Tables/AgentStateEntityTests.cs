using Azure.Data.Tables;
using Five9Functions.AgentStates;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Tests.Storage.Tables;

public sealed class AgentStateEntityTests
{
    private static readonly Segment Inbound = new(
        "anna@example.com",
        "Anna Ost",
        "Inbound",
        StateKind.Call,
        "",
        "300000000001",
        Instant.FromUtc(2026, 11, 2, 21, 0, 5),
        Instant.FromUtc(2026, 11, 2, 21, 3, 0),
        Instant.FromUtc(2026, 11, 2, 21, 0, 0),
        Instant.FromUtc(2026, 11, 2, 21, 3, 0),
        Adjusted: true,
        Open: false,
        [StateKind.NotReady, StateKind.Login],
        ContinuesFromPreviousDay: false,
        ContinuesOnNextDay: true);

    [Test]
    public void From_Segment_HasExactlyTheseColumns() => Assert.That(
        AgentStateEntity.From("acme|2026-11-02|02", Inbound),
        Is.EquivalentTo(new Dictionary<string, object>
        {
            ["PartitionKey"] = "acme|2026-11-02|02",
            ["RowKey"] = "anna@example.com|2026-11-02T21:00:05Z",
            ["Agent"] = "anna@example.com",
            ["AgentName"] = "Anna Ost",
            ["State"] = "Inbound",
            ["Kind"] = "call",
            ["ReasonCode"] = "",
            ["CallId"] = "300000000001",
            ["Start"] = new DateTimeOffset(2026, 11, 2, 21, 0, 5, TimeSpan.Zero),
            ["End"] = new DateTimeOffset(2026, 11, 2, 21, 3, 0, TimeSpan.Zero),
            ["DurationSeconds"] = 175,
            ["ReportedStart"] = new DateTimeOffset(2026, 11, 2, 21, 0, 0, TimeSpan.Zero),
            ["ReportedEnd"] = new DateTimeOffset(2026, 11, 2, 21, 3, 0, TimeSpan.Zero),
            ["Adjusted"] = true,
            ["Open"] = false,
            ["AlsoActive"] = "notReady,login",
            ["ContinuesFromPreviousDay"] = false,
            ["ContinuesOnNextDay"] = true,
        }));

    [Test]
    public void From_NoReportedEnd_HasNoSuchColumn() =>
        Assert.That(AgentStateEntity.From("p", Inbound with { ReportedEnd = null }).ContainsKey("ReportedEnd"), Is.False);

    [Test]
    public void ToSegment_MissingColumn_IsNamed()
    {
        var row = AgentStateEntity.From("p", Inbound);
        row.Remove("CallId");

        Assert.That(() => AgentStateEntity.ToSegment(row), Throws.TypeOf<InvalidDataException>().With.Message.Contains("no column CallId of type String"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task ToSegment_RowFromStorage_IsTheSegment(bool open)
    {
        var segment = open ? Inbound with { ReportedEnd = null, Open = true, AlsoActive = [], Agent = "O'Brien/\uD83D\uDE00" } : Inbound;
        var table = (await TestTable.CreateAsync()).Client();
        await table.AddEntityAsync(AgentStateEntity.From("p", segment));

        var row = await table.QueryAsync<TableEntity>().SingleAsync();
        var read = AgentStateEntity.ToSegment(row);

        Assert.That(read.AlsoActive, Is.EqualTo(segment.AlsoActive));
        Assert.That(read with { AlsoActive = segment.AlsoActive }, Is.EqualTo(segment));
    }
}
