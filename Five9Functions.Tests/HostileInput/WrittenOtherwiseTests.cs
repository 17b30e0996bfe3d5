using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Reports;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.HostileInput;

/// <summary>Reports whose starts, words and ids are not written as Five9 writes them.</summary>
public sealed class WrittenOtherwiseTests : HostileReport
{
    private const string OneRow = "Done, 1 read: 1 landed, 0 outside, 0 quarantined";
    private const string OneOfTwo = "Done, 2 read: 1 landed, 0 outside, 1 quarantined";
    private const string OneQuarantined = "1 row could not be understood and is quarantined. (rows-quarantined)";
    private const string StampHeader = "TIMESTAMP,AGENT,STATE,AGENT STATE TIME";

    [TestCase("2026-11-02,09:00:00")]
    [TestCase("2026.11.2,9:00:00")]
    [TestCase("2026/11/02,09:00:00 AM")]
    [TestCase("\"Mon, 2 Nov 2026\",9:00:00.75")]
    [TestCase("2026-11-02,17:00:00Z")]
    [TestCase("2026-11-02,19:00:00+02:00")]
    public async Task DateAndTime_AreRead(string start) =>
        Assert.That(await ImportAsync($"{Header}\n{start},anna,Ready,00:05:00\n"), Is.EqualTo(new[] { OneRow, AnnaReady }));

    [TestCase("2026-11-02T09:00:00")]
    [TestCase("2026-11-02 9:00:00.123")]
    [TestCase("2026/11/02 09:00:00 AM")]
    [TestCase("2026-11-02T17:00:00Z")]
    [TestCase("2026-11-02 12:00:00-0500")]
    [TestCase("\"Mon, 2 Nov 2026 09:00:00\"")]
    public async Task Timestamp_IsRead(string start) =>
        Assert.That(await ImportAsync($"{StampHeader}\n{start},anna,Ready,00:05:00\n"), Is.EqualTo(new[] { OneRow, AnnaReady }));

    [TestCase("11/2/2026")]
    [TestCase("11-02-2026")]
    [TestCase("2.11.2026")]
    [TestCase("13/2/2026")]
    [TestCase("2/13/2026")]
    public async Task OnlyDatesInDoubt_FailTheSlice_AndNameTheSetting(string date) => Assert.That(
        await ImportAsync($"{Header}\n{date},09:00:00,anna,Ready,00:05:00\n{date},09:00:00,bert,Ready,00:05:00\n"),
        Is.EqualTo(new[]
        {
            "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
            $"No start in the agent-state report can be read, because day and month are in doubt: line 2 says '{date} 09:00:00'. "
            + "Set DateOrder of the integration to dmy if the day stands first, or to mdy if the month does; or let Five9 write the year first. (date-order-unknown)",
        }));

    [TestCase("11/2/2026,9:00:00", DateOrder.Mdy)]
    [TestCase("2/11/2026,9:00:00", DateOrder.Dmy)]
    [TestCase("02.11.2026,09:00:00", DateOrder.Dmy)]
    [TestCase("2026-11-02,09:00:00", DateOrder.Dmy)]
    public async Task DatesInDoubt_WithTheSetting_AreRead(string start, DateOrder order)
    {
        await Bench.SeedAsync(Acme with { DateOrder = order });

        Assert.That(await ImportAsync($"{Header}\n{start},anna,Ready,00:05:00\n"), Is.EqualTo(new[] { OneRow, AnnaReady }));
    }

    [TestCase("11/2/2026")]
    [TestCase("13/2/2026")]
    public async Task ADateInDoubt_BesideOneThatCanBeRead_IsQuarantined(string date) => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n{date},09:00:00,bert,Ready,00:05:00\n"),
        Is.EqualTo(new[]
        {
            OneOfTwo,
            $"1 row could not be understood and is quarantined. The first: line 3: the start cannot be read (DATE and TIME): '{date} 09:00:00', "
            + "must look like 2026/08/21 and 09:00:12, unless the setting DateOrder says dmy or mdy. (rows-quarantined)",
            "line 3: the start cannot be read (DATE and TIME)",
            AnnaReady,
        }));

    [TestCase("11/2/2026", null, "2026/08/21 and 09:00:12, unless the setting DateOrder says dmy or mdy")]
    [TestCase("13/2/2026", null, "2026/08/21 and 09:00:12, unless the setting DateOrder says dmy or mdy")]
    [TestCase("13/2/2026", DateOrder.Mdy, "2026/08/21 and 09:00:12, or have the month first as DateOrder says (mdy)")]
    [TestCase("2/13/2026", DateOrder.Dmy, "2026/08/21 and 09:00:12, or have the day first as DateOrder says (dmy)")]
    [TestCase("11/2/26", null, "2026/08/21 and 09:00:12")]
    public async Task ADateThatCannotBeRead_SaysWhatItMustLookLike(string date, DateOrder? order, string expected)
    {
        var day = new NodaTime.Interval(At("2026-11-02T08:00:00Z"), At("2026-11-03T08:00:00Z"));
        var content = await AgentStateReport.ReadAsync(
            new StringReader($"{Header}\n{Anna}\n{date},09:00:00,bert,Ready,00:05:00\n"), new ReportWindow(day, day, LosAngeles) { Dates = order }, 100, false, CancellationToken.None);

        Assert.That(content.FirstUnreadable!.ToString(), Is.EqualTo($"line 3: the start cannot be read (DATE and TIME): '{date} 09:00:00', must look like {expected}"));
    }

    [Test]
    public async Task AWordForNone_IsNone_AndIsNamed_AndAnAgentOfIt_IsRefused() => Assert.That(
        await ImportAsync($"{Header},REASON CODE,CALL ID\n{Anna},[Nenhum],[ningunO]\n2026/11/02,09:06:00,[Keine],Ready,00:01:00,,\n"),
        Is.EqualTo(new[] { OneOfTwo, OneQuarantined, "[Keine], [Nenhum], [ningunO] are read as none. (words-read-as-none)", "line 3: no agent", AnnaReady }));

    [Test]
    public async Task AReasonCodeInBrackets_StaysAndIsNamed_AndDeletedIsNot() => Assert.That(
        await ImportAsync($"{Header},REASON CODE,AGENT ID\n2026/11/02,09:00:00,anna,Not Ready,00:05:00,[Break],\n2026/11/02,09:00:00,[Deleted],Ready,00:05:00,[None],7.0\n"),
        Is.EqualTo(new[]
        {
            "Done, 2 read: 2 landed, 0 outside, 0 quarantined",
            "[Break] stands in brackets but is no known word for none, so it stays as it is. (words-in-brackets)",
            "[Deleted] 7 Ready 17:00:00-17:05:00",
            "anna Not Ready 17:00:00-17:05:00",
        }));

    [TestCase("3E+14")]
    [TestCase("3.00E+14")]
    [TestCase("\"3,00E+14\"")]
    [TestCase("3e14")]
    public async Task AnIdThatASpreadsheetRounded_IsUnreadable(string id) => Assert.That(
        await ImportAsync($"{Header},CALL ID\n{Anna},300000000000001.0\n2026/11/02,09:05:00,anna,On Call,00:05:00,{id}\n"),
        Is.EqualTo(new[]
        {
            OneOfTwo,
            $"1 row could not be understood and is quarantined. The first: line 3: a spreadsheet rounded the id (CALL ID): '{id.Trim('"')}', "
            + "must look like 300000010270761, with all digits: export it again, or import the column as text. (rows-quarantined)",
            "line 3: a spreadsheet rounded the id (CALL ID)",
            AnnaReady,
        }));
}
