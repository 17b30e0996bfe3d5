using Azure;
using Azure.Data.Tables;
using Five9Functions.Imports;
using Five9Functions.Runs;
using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.HostileInput;

/// <summary>Reports with nothing in them, with other columns than we know, and with rows that nobody asked for.</summary>
public sealed class ReportShapeTests : HostileReport
{
    [TestCase($"<return>{Header}\n</return>", TestName = "AnEmptyReport_AHeaderAlone_IsNothing")]
    [TestCase($"<return>{Header}</return>", TestName = "AnEmptyReport_AHeaderWithoutALineBreak_IsNothing")]
    [TestCase("<return></return>", TestName = "AnEmptyReport_AnEmptyString_IsNothing")]
    [TestCase("<return/>", TestName = "AnEmptyReport_AnEmptyElement_IsNothing")]
    [TestCase("<return> \n\t\n  </return>", TestName = "AnEmptyReport_BlanksOnly_AreNothing")]
    [TestCase("<return xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:nil=\"true\"/>", TestName = "AnEmptyReport_Nil_IsNothing")]
    [TestCase("", TestName = "AnEmptyReport_NoReturnElement_IsNothing")]
    public async Task AnEmptyReport_IsNothing(string response) =>
        Assert.That(await ImportBodyAsync(System.Text.Encoding.UTF8.GetBytes(response)), Is.EqualTo(new[] { Nothing }));

    [Test]
    public async Task AnEmptyReport_WhereManyRowsAreHeld_IsNotBelieved_UntilAPersonForcesIt()
    {
        var rows = Enumerable.Range(10, 20).Select(minute => $"2026/11/02,09:{minute}:00,anna,Ready,00:00:10\n");
        await ImportAsync($"{Header}\n{string.Concat(rows)}");

        var suspicious = await ImportAsync("");
        var forced = await ImportBodyAsync("<return/>"u8.ToArray(), force: true);

        Assert.That(suspicious.Take(2), Is.EqualTo(new[]
        {
            Nothing,
            "Five9 said there is nothing where rows are held; they stay until a second empty report, an hour later, confirms it. (empty-result-not-believed)",
        }));
        Assert.That(suspicious.Skip(2).Count(), Is.EqualTo(20));
        Assert.That(forced, Is.EqualTo(new[] { Nothing }));
    }

    [Test]
    public async Task AThousandColumns_AreRead() => Assert.That(
        await ImportAsync($"{Header}{Columns(995)}\n{Anna}{new string(',', 995)}\n"), Is.EqualTo(new[] { "Done, 1 read: 1 landed, 0 outside, 0 quarantined", AnnaReady }));

    [TestCase(996, 1001)]
    [TestCase(100_000, 100_005)]
    public async Task MoreColumns_FailTheSlice(int more, int columns) => Assert.That(
        await ImportAsync($"{Header}{Columns(more)}\n{Anna}{new string(',', more)}\n"),
        Is.EqualTo(new[]
        {
            "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
            $"The agent-state report has {columns} columns, and 1000 at most are read. Remove columns from the report in Five9. (header-unreadable)",
        }));

    [Test]
    public async Task RowsOutsideWhatWasAsked_AreCounted_AndWarnedAbout() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,07:59:59,padding,Ready,00:00:01\n2026/11/02,06:59:59,before,Ready,00:00:01\n2026/11/02,11:00:00,after,Ready,00:00:01\n"),
        Is.EqualTo(new[]
        {
            "Done, 4 read: 1 landed, 3 outside, 0 quarantined",
            "2 rows start outside what was asked for; check the zone of the integration. (rows-outside-asked)",
            AnnaReady,
        }));

    [Test]
    public async Task RowsThatStartLaterThanTheyWereRead_ShowAWrongZone() => Assert.That(
        // Read at 12:00 Pacific time. An Eastern report would be three hours ahead.
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,12:05:00,clocks differ,Ready,\n2026/11/02,12:05:01,anna,Ready,\n2026/11/02,14:59:00,bert,Ready,bad\n"),
        Is.EqualTo(new[]
        {
            "Done, 4 read: 1 landed, 3 outside, 0 quarantined",
            "3 rows start outside what was asked for; check the zone of the integration. (rows-outside-asked)",
            "2 rows start later than they were read, the newest by about 3 hours, so the report is in another zone than was set: correct the zone of the integration. (report-zone-looks-wrong)",
            AnnaReady,
        }));

    [Test]
    public async Task AnUnknownZone_FailsTheSlice_NamingTheSetting()
    {
        await Bench.Table("Integrations").UpdateEntityAsync(
            new TableEntity("integrations", "acme") { ["Zone"] = "Mars/Phobos" }, ETag.All, TableUpdateMode.Merge);
        var slice = Slice("16:00-18:00", SliceState.Requesting) with { Step = 1 };
        await Bench.OpenAsync(Acme, ScheduledRun() with { Planned = 1 }, slice);

        await Get<FetchReport>().RunAsync(new SliceStep("acme", slice.Run, ImportSliceTable.RowKey(slice), 1), 1, CancellationToken.None);

        slice = await Bench.SliceAsync(slice);
        Assert.That((slice.State, $"{slice.Error}"), Is.EqualTo((
            SliceState.Failed,
            "The zone 'Mars/Phobos' of acme is not an IANA time zone such as America/Los_Angeles: correct Integrations:acme:Zone. (zone-unknown)")));
        Assert.That(Bench.Log.TakeWarnings(), Has.Length.EqualTo(1));
    }

    private static string Columns(int count) => string.Concat(Enumerable.Range(1, count).Select(n => $",C{n}"));

    /// <summary>Each state lasts no time, so that the rows cost no timelines.</summary>
    [Test]
    public async Task AReportOf49999Rows_Lands() => Assert.That(
        await ImportAsync($"{Header}\n{ManyRows(49_999)}"), Is.EqualTo(new[] { "Done, 49999 read: 49999 landed, 0 outside, 0 quarantined" }));

    [Test]
    public async Task AReportOf50000Rows_WasCut_SoNothingOfItLands_AndTheSliceIsSplit() => Assert.That(await ImportAsync($"{Header}\n{ManyRows(50_000)}"), Is.EqualTo(new[]
    {
        "Split, 0 read: 0 landed, 0 outside, 0 quarantined",
        "2026-11-02T16:00:00Z/2026-11-02T17:00:00Z: Requesting",
        "2026-11-02T17:00:00Z/2026-11-02T18:00:00Z: Requesting",
    }));

    [TestCase("DATE,TIME,AGENT,STATE", "AGENT STATE TIME", TestName = "AMissingColumn_FailsTheSlice_NamingIt")]
    [TestCase("DATE,TIME,Agente,STATE,AGENT STATE TIME", "AGENT", TestName = "ARenamedColumn_FailsTheSlice_NamingIt")]
    [TestCase("DATE,AGENT,STATE,AGENT STATE TIME", "TIME (or TIMESTAMP)", TestName = "AMissingStart_FailsTheSlice_NamingBothWaysToHaveIt")]
    [TestCase("DATE;TIME;AGENT;STATE;AGENT STATE TIME", "AGENT, STATE, AGENT STATE TIME, DATE and TIME (or TIMESTAMP)", TestName = "OtherSeparators_FailTheSlice")]
    public async Task AMissingColumn_FailsTheSlice(string header, string lacks) => Assert.That(await ImportAsync($"{header}\nx\n"), Is.EqualTo(new[]
    {
        "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
        $"The agent-state report lacks {lacks}; found: {header.ToUpperInvariant().Replace(",", ", ", StringComparison.Ordinal)}. Add what is missing to the report in Five9. (column-missing)",
    }));

    [Test]
    public async Task ANameThatTurnsTheTextAround_IsEscapedInTheError() => Assert.That(await ImportAsync("DATE,TIME,AGENT,\u202ESTATE\nx\n"), Is.EqualTo(new[]
    {
        "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
        "The agent-state report lacks STATE, AGENT STATE TIME; found: DATE, TIME, AGENT, \\u202ESTATE. Add what is missing to the report in Five9. (column-missing)",
    }));

    [Test]
    public async Task ADuplicatedColumn_ThatDecidesSomething_FailsTheSlice() => Assert.That(await ImportAsync($"{Header},Agent\n{Anna},bert\n"), Is.EqualTo(new[]
    {
        "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
        "The agent-state report has the column AGENT 2 times, and which one is meant cannot be told. Remove all but one from the report in Five9. (column-repeated)",
    }));

    [Test]
    public async Task ADuplicatedColumn_ThatDecidesNothing_IsKeptTwice()
    {
        Assert.That(await ImportAsync($"{Header},SKILL,Skill\n{Anna},a,b\n"), Is.EqualTo(new[] { "Done, 1 read: 1 landed, 0 outside, 0 quarantined", AnnaReady }));
        Assert.That((await RawRowsAsync()).Select(r => (r["SKILL"], r["SKILL (2)"])), Is.EqualTo(new[] { ("a", "b") }));
    }

    [Test]
    public async Task ReorderedAndExtraColumns_AreFoundByName() => Assert.That(
        await ImportAsync("extra, state ,\"AGENT  STATE TIME\",Agent,,DATE,time\n1,Ready,00:05:00,anna,,2026/11/02,09:00:00\n"),
        Is.EqualTo(new[] { "Done, 1 read: 1 landed, 0 outside, 0 quarantined", AnnaReady }));

    [Test]
    public async Task MoreThan252Columns_AreKept_AsManyAsThereAre()
    {
        var names = string.Concat(Enumerable.Range(0, 300).Select(i => $",C{i}"));

        Assert.That(await ImportAsync($"{Header}{names}\n{Anna}{names}\n"), Is.EqualTo(new[] { "Done, 1 read: 1 landed, 0 outside, 0 quarantined", AnnaReady }));
        Assert.That((await RawRowsAsync()).Select(r => (r.Columns.Names.Count, r["C299"])), Is.EqualTo(new[] { (305, "C299") }));
    }

    [Test]
    public async Task ATotalsRow_IsQuarantined_BecauseItHasNoStart() => Assert.That(await ImportAsync($"{Header}\n{Anna}\nTotal,,,,00:05:00\nTotal: 1\n"), Is.EqualTo(new[]
    {
        "Done, 3 read: 1 landed, 0 outside, 2 quarantined",
        "2 rows could not be understood and are quarantined. The first: line 4: the number of fields is not that of the header. (rows-quarantined)",
        "line 3: no agent",
        "line 4: the number of fields is not that of the header",
        AnnaReady,
    }));

    private static string ManyRows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => $"2026/11/02,09:{i / 60 % 60:00}:{i % 60:00},a{i},Ready,00:00:00\n"));
}
