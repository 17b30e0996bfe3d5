using Five9Functions.LocalHost.Simulator;

namespace Five9Functions.Tests.LocalHost.Simulator;

public sealed class ReportFilterTests
{
    private const string AgentGroup = "<objectType>AgentGroup</objectType>";

    private Five9Simulator? _simulator;
    private SoapCaller? _caller;

    [SetUp]
    public async Task StartAsync()
    {
        _simulator = await Five9Simulator.StartAsync(new SimulatorOptions
        {
            AgentStates = new LiteralRows(
                "AGENT, agent group ,REASON CODE",
                ("2026-08-21T00:00:01Z", "ann,Sales,Break"),
                ("2026-08-21T00:00:02Z", "bob,\"Sales\",Lunch"),
                ("2026-08-21T00:00:03Z", "cid,Support,Break"),
                ("2026-08-21T00:00:04Z", "dan,sales,Break"),
                ("2026-08-21T00:00:05Z", "eve")),
            ReportDuration = TimeSpan.Zero,
            RowCap = 2,
        });
        _caller = new SoapCaller(_simulator);
    }

    [TearDown]
    public async Task StopAsync()
    {
        _caller!.Dispose();
        await _simulator!.DisposeAsync();
    }

    [TestCase($"<objectNames>Sales</objectNames>{AgentGroup}", "ann,Sales,Break\nbob,\"Sales\",Lunch\n")]
    [TestCase($"<objectNames>Support</objectNames><objectNames>sales</objectNames>{AgentGroup}", "cid,Support,Break\ndan,sales,Break\n")]
    [TestCase($"<objectNames>Sal</objectNames>{AgentGroup}", "")]
    [TestCase("<objectNames>cid</objectNames><objectType>User</objectType>", "cid,Support,Break\n")]
    [TestCase("<objectNames>Lunch</objectNames><objectType>ReasonCode</objectType>", "bob,\"Sales\",Lunch\n")]
    public async Task Objects_SelectRowsBeforeTheCap(string objects, string rows)
    {
        Assert.That(await CsvAsync($"<reportObjects>{objects}</reportObjects>"), Is.EqualTo("AGENT, agent group ,REASON CODE\n" + rows));
    }

    [Test]
    public async Task ObjectsOfTwoTypes_NarrowEachOther_AndThoseOfOneTypeAddUp()
    {
        Assert.That(
            await CsvAsync($"""
                <reportObjects><objectNames>Sales</objectNames>{AgentGroup}</reportObjects>
                <reportObjects><objectNames>Break</objectNames><objectType>ReasonCode</objectType></reportObjects>
                <reportObjects><objectNames>Support</objectNames>{AgentGroup}</reportObjects>
                """),
            Is.EqualTo("AGENT, agent group ,REASON CODE\nann,Sales,Break\ncid,Support,Break\n"));
    }

    [TestCase("<objectNames>EN</objectNames><objectType>Skill</objectType>", "IncorrectArgumentFault", "Incorrect argument: the report has no column SKILL to filter by objectType Skill")]
    [TestCase("<objectNames>L</objectNames><objectType>List</objectType>", "IncorrectArgumentFault", "Incorrect argument: the simulator cannot filter by objectType List")]
    [TestCase("<objectNames>L</objectNames><objectType>agentgroup</objectType>", "IncorrectArgumentFault", "Incorrect argument: the simulator cannot filter by objectType agentgroup")]
    [TestCase("<objectNames>L</objectNames>", "MissedArgumentFault", "Missed argument: criteria.reportObjects.objectType")]
    [TestCase(AgentGroup, "MissedArgumentFault", "Missed argument: criteria.reportObjects.objectNames")]
    public async Task WhatCannotBeFiltered_IsRefused_AndNeverServedUnfiltered(string objects, string fault, string message)
    {
        Assert.That(await _caller!.FaultAsync(Request($"<reportObjects>{objects}</reportObjects>")), Is.EqualTo((fault, message)));
    }

    private static string Request(string objects) => SoapCaller.Request(
        "runReport",
        $"<folderName>Agent Reports</folderName><reportName>Agent State Details</reportName><criteria>{objects}<time><end>2026-08-22T00:00:00Z</end><start>2026-08-21T00:00:00Z</start></time></criteria>");

    private async Task<string> CsvAsync(string objects) =>
        await _caller!.ReturnAsync(SoapCaller.WithId("getReportResultCsv", await _caller.ReturnAsync(Request(objects))));
}
