using Five9Functions.Five9;
using Five9Functions.Five9.Reports;
using NodaTime;

namespace Five9Functions.Tests.Five9.Reports;

public sealed class AgentStateReportTests
{
    private const string Header = "DATE,TIME,AGENT,STATE,AGENT STATE TIME,REASON CODE";
    private const string Good = "2026/08/21,09:00:00,anna,Ready,00:05:00,";

    [Test]
    public async Task Read_AGoodRow_HasAgentStartEndAndItsValuesAsReported()
    {
        var content = await ReadAsync("DATE,TIME,AGENT,STATE,AGENT STATE TIME,SKILL AVAILABILITY\n2026/08/21,09:00:12, anna ,Not Ready,00:03:45.9,\"Support, EN\"\n");

        var row = content.Rows.Single();
        Assert.That(row.Key, Is.EqualTo("anna"));
        Assert.That(row.Start, Is.EqualTo(Utc(16, 0, 12)));
        Assert.That(row.End, Is.EqualTo(Utc(16, 3, 57)));
        Assert.That(row.Columns.Names, Is.EqualTo(new[] { "DATE", "TIME", "AGENT", "STATE", "AGENT STATE TIME", "SKILL AVAILABILITY" }));
        Assert.That(row.Values, Is.EqualTo(new[] { "2026/08/21", "09:00:12", " anna ", "Not Ready", "00:03:45.9", "Support, EN" }));
        Assert.That(row["SKILL AVAILABILITY"], Is.EqualTo("Support, EN"));
    }

    [Test]
    public async Task Read_ColumnsInAnyOrderAndCase_AreFoundByName()
    {
        var content = await ReadAsync("\uFEFFAgent State  Time, state ,timestamp,\"agent\"\r\n00:00:10,Ready,\"Fri, 21 Aug 2026 09:00:12\",anna\r\n");

        var row = content.Rows.Single();
        Assert.That((row.Key, row.Start, row.End), Is.EqualTo(("anna", Utc(16, 0, 12), (Instant?)Utc(16, 0, 22))));
        Assert.That(row.Columns.Names, Is.EqualTo(new[] { "AGENT STATE TIME", "STATE", "TIMESTAMP", "AGENT" }));
    }

    [Test]
    public async Task Read_DateAndTimeBesideTimestamp_AreTakenFirst()
    {
        var content = await ReadAsync("TIMESTAMP,DATE,TIME,AGENT,STATE,AGENT STATE TIME\nlater,2026/08/21,09:00:12,anna,Ready,00:00:01\n");

        Assert.That(content.Rows.Single().Start, Is.EqualTo(Utc(16, 0, 12)));
    }

    [Test]
    public async Task Read_AnEmptyDuration_LeavesTheStateOpen()
    {
        var content = await ReadAsync($"{Header}\n2026/08/21,09:00:00,anna,Ready,,\n2026/08/21,09:00:00,anna,Ready,00:00:00,\n2026/08/21,09:00:00,anna,Ready,168:00:00,\n");

        Assert.That(content.Rows.Select(r => r.End), Is.EqualTo(new Instant?[] { null, Utc(16, 0, 0), Instant.FromUtc(2026, 8, 28, 16, 0) }));
    }

    [TestCase("")]
    [TestCase("\n")]
    [TestCase(Header)]
    [TestCase(Header + "\r\n")]
    public async Task Read_NoRecords_IsAnEmptyContent(string csv)
    {
        var content = await ReadAsync(csv);

        Assert.That((content.Read, content.Outside, content.OutsideAsked, content.Rows.Count, content.Quarantined.Count), Is.EqualTo((0, 0, 0, 0, 0)));
    }

    [TestCase("AGENT,STATE,DATE,TIME,SKILL", "The agent-state report lacks AGENT STATE TIME; found: AGENT, STATE, DATE, TIME, SKILL. Add what is missing to the report in Five9.")]
    [TestCase("STATE,AGENT STATE TIME", "The agent-state report lacks AGENT, DATE and TIME (or TIMESTAMP); found: STATE, AGENT STATE TIME. Add what is missing to the report in Five9.")]
    [TestCase("AGENT,STATE,AGENT STATE TIME,DATE", "The agent-state report lacks TIME (or TIMESTAMP); found: AGENT, STATE, AGENT STATE TIME, DATE. Add what is missing to the report in Five9.")]
    [TestCase("DATE,TIME,AGENT,STATE,AGENT STATE TIME,Agent", "The agent-state report has the column AGENT 2 times, and which one is meant cannot be told. Remove all but one from the report in Five9.")]
    [TestCase("A\"GENT,STATE\nx,y", "The header of the agent-state report cannot be read: a quote inside a field without quotes. Correct the columns of the report in Five9.")]
    public void Read_AHeaderThatDoesNotDo_SaysWhatToDo(string csv, string message)
    {
        Assert.That(() => ReadAsync(csv), Throws.TypeOf<Five9MisconfiguredException>().With.Message.EqualTo(message));
    }

    [Test]
    public async Task Read_ARepeatedColumnThatIsNotNeeded_IsNumbered()
    {
        var content = await ReadAsync("DATE,TIME,AGENT,STATE,AGENT STATE TIME,SKILL,skill,SKILL (2)\n2026/08/21,09:00:00,anna,Ready,,a,b,c\n");

        Assert.That(content.Rows.Single().Columns.Names, Is.EqualTo(new[] { "DATE", "TIME", "AGENT", "STATE", "AGENT STATE TIME", "SKILL", "SKILL (2)", "SKILL (2) (2)" }));
    }

    [TestCase("2026/08/21,09:00:00,,Ready,00:05:00,", "no agent")]
    [TestCase("2026/08/21,09:00:00,[None],Ready,00:05:00,", "no agent")]
    [TestCase("2026/08/21,09:00:00,[Deleted],Ready,00:05:00,", "a deleted agent without an AGENT ID")]
    [TestCase("21.08.2026,09:00:00,anna,Ready,00:05:00,", "the start cannot be read (DATE and TIME)")]
    [TestCase("2026/08/21,09:00:00,anna,Ready,5 min,", "the duration cannot be read (AGENT STATE TIME)")]
    [TestCase("2026/08/21,09:00:00,anna,Ready,-00:05:00,", "the duration is negative (AGENT STATE TIME)")]
    [TestCase("2026/08/21,09:00:00,anna,Ready,168:00:01,", "the duration is over 168 hours (AGENT STATE TIME)")]
    [TestCase("2026/08/21,09:00:00,anna", "the number of fields is not that of the header")]
    [TestCase("2026/08/21,09:00:00,anna,Ready,00:05:00,,", "the number of fields is not that of the header")]
    [TestCase("2026/08/21,09:00:00,an\"na,Ready,00:05:00,", "a quote inside a field without quotes")]
    [TestCase("2026/08/21,09:00:00,\"an\"na,Ready,00:05:00,", "text after a closing quote")]
    public async Task Read_ABadRecord_IsQuarantinedAndTheNextOneIsRead(string record, string reason)
    {
        var content = await ReadAsync($"{Header}\n{Good}\n{record}\n{Good}\n");

        Assert.That(content.Quarantined, Is.EqualTo(new[] { new QuarantinedRow(Utc(16, 0, 0), 3, reason, record) }));
        Assert.That((content.Read, content.Rows.Count, content.Outside), Is.EqualTo((3, 2, 0)));
    }

    [TestCase("AGENT", 32_000)]
    [TestCase("AGENT ID", 32_000)]
    [TestCase("AGENT NAME", 32_000)]
    [TestCase("AGENT FIRST NAME", 16_000)]
    [TestCase("AGENT LAST NAME", 16_000)]
    [TestCase("STATE", 32_000)]
    [TestCase("REASON CODE", 32_000)]
    [TestCase("CALL ID", 32_000)]
    public async Task Read_AValueThatNoTableCanHold_IsQuarantined(string column, int longest)
    {
        string[] columns = ["DATE", "TIME", "AGENT STATE TIME", .. new[] { "AGENT", "STATE" }.Append(column).Distinct()];
        string Record(int length) => string.Join(',', columns.Select((name, i) => name == column ? new string('x', length) : i switch { 0 => "2026/08/21", 1 => "09:00:00", 2 => "", _ => "y" }));

        var content = await ReadAsync($"{string.Join(',', columns)}\n{Record(longest)}\n{Record(longest + 1)}\n");

        Assert.That(content.Rows, Has.Count.EqualTo(1));
        Assert.That(content.Quarantined, Is.EqualTo(new[] { new QuarantinedRow(Utc(16, 0, 0), 3, $"a value of over {longest} characters ({column})", Record(longest + 1)) }));
    }

    [Test]
    public void Read_ARecordOfMoreThanAMebibyte_SaysWhereItBegins()
    {
        var csv = $"{Header}\n{Good}\n2026/08/21,09:00:00,\"{new string('x', 3_000_000)}";

        Assert.That(() => ReadAsync(csv), Throws.TypeOf<Five9MisconfiguredException>().With.Message.EqualTo(
            "Line 3 of the agent-state report begins a record of over 1 MiB; a quote is probably never closed. Find and correct the name that holds it in Five9."));
    }

    [Test]
    public async Task Read_LineBreaksQuotesAndOddCharacters_AreData()
    {
        var content = await ReadAsync($"{Header}\r\n2026/08/21,09:00:00,\"an\r\nna\",\"Say \"\"hi\"\"\",00:05:00,\0\u0001é😀\r\n\r\n2026/08/21,09:00:00,,x,,\r\n");

        Assert.That(content.Rows.Single().Values, Is.EqualTo(new[] { "2026/08/21", "09:00:00", "an\r\nna", "Say \"hi\"", "00:05:00", "\0\u0001é😀" }));
        Assert.That(content.Quarantined.Single().Line, Is.EqualTo(5));
    }

    [Test]
    public async Task Read_ADeletedAgentWithAnId_IsAnAgent()
    {
        var content = await ReadAsync("DATE,TIME,AGENT,AGENT ID,STATE,AGENT STATE TIME\n2026/08/21,09:00:00,[Deleted], 4711 ,Ready,00:00:01\n2026/08/21,09:00:00,[Deleted],[None],Ready,00:00:01\n");

        Assert.That(content.Rows.Single().Key, Is.EqualTo("[Deleted] 4711"));
        Assert.That(content.Quarantined.Single().Reason, Is.EqualTo("a deleted agent without an AGENT ID"));
    }

    internal static Task<ReportContent> ReadAsync(string csv, int rowCap = 50_000, bool keepCustomerData = false, ReportWindow? window = null) =>
        AgentStateReport.ReadAsync(new StringReader(csv), window ?? August21(), rowCap, keepCustomerData, CancellationToken.None);

    /// <summary>The 21st of August in California, asked for with an hour on either side.</summary>
    internal static ReportWindow August21()
    {
        var (from, to) = (Instant.FromUtc(2026, 8, 21, 7, 0), Instant.FromUtc(2026, 8, 22, 7, 0));
        var hour = Duration.FromHours(1);
        return new ReportWindow(new Interval(from, to), new Interval(from - hour, to + hour), DateTimeZoneProviders.Tzdb["America/Los_Angeles"]);
    }

    private static Instant Utc(int hour, int minute, int second) => Instant.FromUtc(2026, 8, 21, hour, minute, second);
}
