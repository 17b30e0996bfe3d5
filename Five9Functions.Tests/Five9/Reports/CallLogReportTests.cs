using Five9Functions.Calls;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using Five9Functions.Problems;
using Five9Functions.Tests.Calls;
using NodaTime;

namespace Five9Functions.Tests.Five9.Reports;

public sealed class CallLogReportTests
{
    private const string Good = "7,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,00:00:05,,,,,,0";

    [Test]
    public async Task Read_TheStandardReport_DropsCustomerData_AndKeepsTheOtherColumns()
    {
        var content = await ReadAsync(WorkedExample.LiveRows);

        var row = content.Rows[0];
        Assert.That((row.Key, row.Start, row.End), Is.EqualTo(("300000010270761", Utc(16, 0, 6), (Instant?)Utc(16, 0, 6))));
        Assert.That(row.Columns.Names, Is.EqualTo(new[]
        {
            "CALL ID", "TIMESTAMP", "CAMPAIGN", "CALL TYPE", "AGENT", "AGENT NAME", "DISPOSITION", "CALL TIME", "BILL TIME (ROUNDED)", "COST", "IVR TIME", "QUEUE WAIT TIME",
            "RING TIME", "TALK TIME", "HOLD TIME", "PARK TIME", "AFTER CALL WORK TIME", "TRANSFERS", "CONFERENCES", "HOLDS", "ABANDONED",
        }));
        Assert.That((content.Read, content.Rows.Count, content.Quarantined.Count), Is.EqualTo((5, 5, 0)));
        Assert.That(content.Rows.SelectMany(r => r.Values), Has.None.StartsWith("555").And.None.Contains("(0:43)"));
    }

    [Test]
    public async Task Read_WithCustomerDataKept_KeepsAllColumns()
    {
        var content = await ReadAsync(WorkedExample.LiveRows, keepCustomerData: true);

        Assert.That(content.Rows[0].Columns.Names, Has.Count.EqualTo(25));
        Assert.That((content.Rows[0]["ANI"], content.Rows[0]["DNIS"], content.Rows[0]["RECORDINGS"]), Is.EqualTo(("5550100001", "5550100101", "09:00:25(0:43)")));
    }

    [Test]
    public async Task ToLeg_ReadsEachColumn()
    {
        var content = await ReadAsync(
            """
            skill,Abandoned,TIME TO ABANDON,SPEED OF ANSWER,HANDLE  TIME,After Call Work Time,PARK TIME,HOLD TIME,TALK TIME,RING TIME,QUEUE WAIT TIME,AGENT,CALL TYPE,CAMPAIGN,TIMESTAMP,CALL ID,SESSION ID
             S-New ,0,00:00:09,00:00:08.5,0:07:00,00:00:06,00:00:05,1234:00:00,00:00:03,00:00:02,00:00:00.235, ann , inbound , Sales ,"Fri, 21 Aug 2026 09:00:12", 101 ,x

            """);

        Assert.That(Leg(content) with { Row = 0 }, Is.EqualTo(new CallLeg
        {
            CallId = "101",
            Day = CallText.Friday,
            Start = Utc(16, 0, 12),
            TypeName = "Inbound",
            Type = CallType.Inbound,
            Agent = "ann",
            Campaign = "Sales",
            Skill = "S-New",
            QueueWait = 235,
            Ring = 2_000,
            Talk = 3_000,
            Hold = 4_442_400_000,
            Park = 5_000,
            AfterCallWork = 6_000,
            Handle = 420_000,
            SpeedOfAnswer = 8_500,
            TimeToAbandon = 9_000,
            Abandoned = AbandonedFlag.No,
        }));
        Assert.That(content.Rows.Single()["SESSION ID"], Is.EqualTo("x"));
    }

    [TestCase("[None]", "", null)]
    [TestCase("[none]", "", null)]
    [TestCase("", "", null)]
    [TestCase(" - ", "", null)]
    [TestCase("[Deleted]", "[Deleted]", null)]
    [TestCase("[DELETED]", "[Deleted]", null)]
    [TestCase("[Keine]", "", "[Keine]")]
    [TestCase("[Sales", "[Sales", null)]
    public async Task ToLeg_WhatIsNone(string text, string name, string? readAsNone)
    {
        var agent = Leg(await ReadAsync($"{CallText.Header}\n7,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,{text},X,,,,,,,,\n"));
        var campaign = Leg(await ReadAsync($"{CallText.Header}\n7,\"Fri, 21 Aug 2026 09:00:12\",{text},Inbound,ann,X,,,,,,,,\n"));
        var skill = Leg(await ReadAsync($"{CallText.Header}\n7,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,{text},,,,,,,,\n"));

        Assert.That((agent.Agent, agent.ReadAsNone), Is.EqualTo((name, readAsNone)));
        Assert.That((campaign.Campaign, campaign.ReadAsNone), Is.EqualTo((name, readAsNone)));
        Assert.That((skill.Skill, skill.ReadAsNone), Is.EqualTo((name, readAsNone)));
    }

    [TestCase("1", AbandonedFlag.Yes)]
    [TestCase("0", AbandonedFlag.No)]
    [TestCase("1.0", AbandonedFlag.Yes)]
    [TestCase("0.0", AbandonedFlag.No)]
    [TestCase("1.00", AbandonedFlag.Yes)]
    [TestCase("TRUE", AbandonedFlag.Yes)]
    [TestCase("false", AbandonedFlag.No)]
    [TestCase("Yes", AbandonedFlag.Yes)]
    [TestCase("no", AbandonedFlag.No)]
    [TestCase("y", AbandonedFlag.Yes)]
    [TestCase("N", AbandonedFlag.No)]
    [TestCase("[Nenhum]", AbandonedFlag.Unsaid)]
    [TestCase("-", AbandonedFlag.Unsaid)]
    [TestCase(" ", AbandonedFlag.Unsaid)]
    public async Task ToLeg_TheFlag(string text, AbandonedFlag flag) =>
        Assert.That(Leg(await ReadAsync($"{CallText.Header}\n7,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,X,,-,-,,,,,{text}\n")).Abandoned, Is.EqualTo(flag));

    [TestCase(",\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,,,,,0", "no CALL ID")]
    [TestCase("[None],\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,,,,,0", "no CALL ID")]
    [TestCase("8,21/08/2026 09:00:13,Sales,Inbound,ann,,,,,,,,,0", "the start cannot be read (TIMESTAMP)")]
    [TestCase("8,2026-08-21 09:00,Sales,Inbound,ann,,,,,,,,,0", "the start cannot be read (TIMESTAMP)")]
    [TestCase("[Nenhum],2026-08-21 09:00:12,Sales,Inbound,ann,,,,,,,,,0", "no CALL ID")]
    [TestCase("3E+14,2026-08-21 09:00:12,Sales,Inbound,ann,,,,,,,,,0", "a spreadsheet rounded the id (CALL ID)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,00:12,,,,,,0", "the duration is ambiguous (QUEUE WAIT TIME)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,0.000138889,,,,,0", "the duration is a fraction of a day, as a spreadsheet writes it (RING TIME)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,100000:00:00,,,,0", "the duration is over 99999 hours (TALK TIME)")]
    [TestCase("8,\"Thu, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,,,,,0", "the start cannot be read (TIMESTAMP)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,5 s,,,,,,0", "the duration cannot be read (QUEUE WAIT TIME)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,-00:00:01,,,,0", "the duration is negative (TALK TIME)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,,,,,2", "the flag is not 1, 0, - or empty (ABANDONED)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,,,,,1.5", "the flag is not 1, 0, - or empty (ABANDONED)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,,,,,,,truth", "the flag is not 1, 0, - or empty (ABANDONED)")]
    [TestCase("8,\"Fri, 21 Aug 2026 09:00:12\",Sales", "the number of fields is not that of the header")]
    [TestCase("Total,,,,,,,,,,,,,", "the start cannot be read (TIMESTAMP)")]
    public async Task Read_ABadRecord_IsQuarantinedAndTheNextOneIsRead(string record, string reason)
    {
        var content = await ReadAsync($"{CallText.Header}\n{Good}\n{record}\n{Good}\n");

        Assert.That(content.Quarantined, Is.EqualTo(new[] { new QuarantinedRow(Utc(16, 0, 12), 3, reason, record) }));
        Assert.That((content.Read, content.Rows.Count), Is.EqualTo((3, 2)));
    }

    [Test]
    public async Task Read_TwoExportsOfOneLeg_AreEqual()
    {
        var one = await ReadAsync($"{CallText.Header},SESSION ID,AGENT ID\n300000000000001,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,00:00:05,,,,,,0,44,7\n");
        var other = await ReadAsync($"{CallText.Header},SESSION ID,AGENT ID\n300000000000001.0,\"Fri, 21 Aug 2026 09:00:12\",Sales,Inbound,ann,,,00:00:05,,,,,,0,44.00,\"7,0\"\n");

        Assert.That((other.Rows.Single().Key, other.Rows.Single()["CALL ID"], other.Rows.Single()["SESSION ID"], other.Rows.Single()["AGENT ID"]), Is.EqualTo(("300000000000001", "300000000000001", "44", "7")));
        Assert.That(Leg(other), Is.EqualTo(Leg(one)));
    }

    [Test]
    public async Task Read_IdsThatASpreadsheetRounded_AreCounted_WithTheFirstLine()
    {
        var content = await ReadAsync(
            $"""
            {CallText.Header},SESSION ID,ORDER ID
            300000000000001,"Fri, 21 Aug 2026 09:00:12",Sales,Inbound,ann,,,,,,,,,0,44,12E5
            3.00E+14,"Fri, 21 Aug 2026 09:00:12",Sales,Inbound,ann,,,,,,,,,0,44,
            3E14,"Fri, 28 Aug 2026 09:00:12",Sales,Inbound,ann,,,,,,,,,0,44,
            300000000000002,"Fri, 21 Aug 2026 09:00:12",Sales,Inbound,ann,,,,,,,,,0,"4,4E+17",
            300000000000003,"Fri, 21 Aug 2026 09:00:12",Sales,Inbound,ann,,,,,,,,,0,44,1E+15

            """);

        Assert.That((content.Rows.Count, content.RoundedIds, content.Unreadable), Is.EqualTo((1, 4, 3)));
        Assert.That(content.FirstRoundedId!.ToString(), Is.EqualTo(
            "line 3: a spreadsheet rounded the id (CALL ID): '3.00E+14', must look like 300000010270761, with all digits: export it again, or import the column as text"));
    }

    [Test]
    public async Task Read_WhatToLookAt_IsInTheRemarks()
    {
        var content = await ReadAsync(
            $"""
            {CallText.Header},DISPOSITION
            1,"Fri, 21 Aug 2026 09:00:01",Sales,Outbound Voice,ann@example.com,,,,,00:00:30,,,00:00:10.6,0,[Sale]
            2,"Fri, 21 Aug 2026 09:00:02",[Vertrieb],Outbound Voice,Ann@example.com,[Nenhum],,,,00:01:00,,,,0,[Aucun]
            3,"Fri, 21 Aug 2026 09:00:03",Sales,,bob@example.com,,,,,90,,,,0,
            4,"Fri, 21 Aug 2026 09:00:04",Sales,INBOUND_VOICEMAIL,[None],,,,,,,,,0,No Disposition
            4,"Fri, 21 Aug 2026 09:00:04",Sales,Inbound Voicemail,[None],,,,,,,,00:00:40,0,Resolved
            4,"Fri, 21 Aug 2026 09:00:04",Sales,Inbound,[None],,,,,,,,,0,
            5,"Fri, 21 Aug 2026 09:00:05",Sales,Inbound,ann@example.com,,,,,,,,,0,
            5,"Fri, 21 Aug 2026 09:00:05",Sales,Inbound,ann@example.com,,,,,,,,,0,

            """);

        var remarks = content.Remarks;
        Assert.That((remarks.LoginsThatDifferInCase, remarks.LegsThatDiffer), Is.EqualTo((2, 2)));
        Assert.That(remarks.ReadAsNone, Is.EqualTo(new[] { "[Aucun]", "[Nenhum]", "[Vertrieb]" }));
        Assert.That(remarks.KeptInBrackets, Is.Empty);
        Assert.That(remarks.UnknownCallTypes, Is.EqualTo(new[] { new UnknownCallType("", 1, 90), new UnknownCallType("Outbound Voice", 2, 101) }));
        Assert.That(ReportRemarks.FromJson(remarks.ToJson()).ToJson(), Is.EqualTo(remarks.ToJson()));
    }

    [Test]
    public async Task Read_RowsOutsideTheWindow_AreNotLookedAt() => Assert.That(
        (await ReadAsync($"{CallText.Header}\n{Good}\n8,\"Sat, 29 Aug 2026 09:00:12\",[Keine],Fax,ANN,,,,,,,,,0\n")).Remarks, Is.SameAs(ReportRemarks.None));

    [Test]
    public async Task Read_AQuoteThatIsNeverClosed_EndsAtTheNextRow()
    {
        var content = await ReadAsync($"{CallText.Header}\n8,\"Fri, 21 Aug 2026 09:00:12,Sales,Inbound,ann,,,,,,,,,0\n{Good}\n\"9\n");

        Assert.That(content.Rows.Select(r => r.Key), Is.EqualTo(new[] { "7" }));
        Assert.That(content.Quarantined.Select(q => (q.Line, q.Reason)), Is.EqualTo(new[] { (2, "a quote that is never closed"), (4, "a quote that is never closed") }));
    }

    [Test]
    public async Task Read_OddCharacters_AreData()
    {
        var content = await ReadAsync($"{CallText.Header}\r\n\"7\0\",\"Fri, 21 Aug 2026 09:00:12\",\"Sa\r\nles, \"\"A\"\"\",Inbound,é😀,,,,,,,,,0\r\n");

        Assert.That((content.Rows.Single().Key, Leg(content).Campaign, Leg(content).Agent), Is.EqualTo(("7\0", "Sa\r\nles, \"A\"", "é😀")));
    }

    [TestCase("CALL ID")]
    [TestCase("CAMPAIGN")]
    [TestCase("CALL TYPE")]
    [TestCase("AGENT")]
    [TestCase("SKILL")]
    public async Task Read_AValueThatNoTableCanHold_IsQuarantined(string column)
    {
        var fields = Good.Replace("\"Fri, 21 Aug 2026 09:00:12\"", "@", StringComparison.Ordinal).Split(',');
        fields[Array.IndexOf(CallText.Header.Split(','), column)] = new string('x', 32_001);

        var content = await ReadAsync($"{CallText.Header}\n{string.Join(',', fields).Replace("@", "\"Fri, 21 Aug 2026 09:00:12\"", StringComparison.Ordinal)}\n");

        Assert.That(content.Quarantined.Single().Reason, Is.EqualTo($"a value of over 32000 characters ({column})"));
    }

    [TestCase("CALL ID,TIMESTAMP,CAMPAIGN", "The call log lacks CALL TYPE, AGENT, QUEUE WAIT TIME, RING TIME, TALK TIME, HOLD TIME, PARK TIME, AFTER CALL WORK TIME, ABANDONED; found: CALL ID, TIMESTAMP, CAMPAIGN. Add what is missing to the report in Five9.")]
    [TestCase(CallText.Header + ",talk time", "The call log has the column TALK TIME 2 times, and which one is meant cannot be told. Remove all but one from the report in Five9.")]
    [TestCase(CallText.Header + ",Skill", "The call log has the column SKILL 2 times, and which one is meant cannot be told. Remove all but one from the report in Five9.")]
    [TestCase(CallText.Header + ",HANDLE TIME,HANDLE TIME", "The call log has the column HANDLE TIME 2 times, and which one is meant cannot be told. Remove all but one from the report in Five9.")]
    [TestCase("A\"GENT,STATE\nx,y", "The header of the call log cannot be read: a quote inside a field without quotes. Correct the columns of the report in Five9.")]
    public void Read_AHeaderThatDoesNotDo_SaysWhatToDo(string csv, string message) =>
        Assert.That(() => ReadAsync(csv), Throws.TypeOf<Five9MisconfiguredException>().With.Message.EqualTo(message));

    [Test]
    public async Task Read_BySkill_WithoutTheColumn_SaysHowToAddIt()
    {
        var header = CallText.Header.Replace("SKILL,", "", StringComparison.Ordinal);

        var refused = await Assert.ThrowsAsync<Five9MisconfiguredException>(() => ReadAsync(header, QueueGrouping.Skill));
        Assert.That(refused!.Error, Is.EqualTo(new ImportError(
            ImportProblem.ColumnMissing,
            "The call log lacks SKILL; found: CALL ID, TIMESTAMP, CAMPAIGN, CALL TYPE, AGENT, IVR TIME, QUEUE WAIT TIME, RING TIME, TALK TIME, HOLD TIME, PARK TIME, AFTER CALL WORK TIME, ABANDONED. "
            + "The queues of this integration are skills: in Five9, save a copy of the report Call Log in a folder that is shared with the integration's user, add the column SKILL to the copy, "
            + "and enter its folder and name in the integration; or group by campaign.")));
        Assert.That((await ReadAsync(header)).Read, Is.Zero);
    }

    [TestCase("")]
    [TestCase(CallText.Header)]
    public async Task Read_NoRecords_IsAnEmptyContent(string csv) =>
        Assert.That((await ReadAsync(csv, QueueGrouping.Skill)) is { Read: 0, Rows.Count: 0, Quarantined.Count: 0 });

    [Test]
    public void Read_TheRecordAtTheCap_EndsTheReading() =>
        Assert.That(() => ReadAsync($"{CallText.Header}\n{Good}\n{Good}\n", rowCap: 2), Throws.TypeOf<ReportCutException>());

    private static Task<ReportContent> ReadAsync(string csv, QueueGrouping grouping = QueueGrouping.Campaign, bool keepCustomerData = false, int rowCap = 50_000) =>
        CallLogReport.ReadAsync(new StringReader(csv), grouping, AgentStateReportTests.August21(), rowCap, keepCustomerData, CancellationToken.None);

    private static CallLeg Leg(ReportContent content) => CallLogReport.ToLeg(content.Rows.Single(), CallText.Friday);

    private static Instant Utc(int hour, int minute, int second) => Instant.FromUtc(2026, 8, 21, hour, minute, second);
}
