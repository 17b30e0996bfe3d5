using System.Text;

namespace Five9Functions.Tests.HostileInput;

/// <summary>Quotes, line breaks and bytes.</summary>
public sealed class CsvSyntaxTests : HostileReport
{
    private const string OneRow = "Done, 1 read: 1 landed, 0 outside, 0 quarantined";
    private const string TwoOfThree = "Done, 3 read: 2 landed, 0 outside, 1 quarantined";
    private const string OneQuarantined = "1 row could not be understood and is quarantined. (rows-quarantined)";
    private const string BertReady = "bert Ready 17:10:00-17:15:00";
    private const string Bert = "2026/11/02,09:10:00,bert,Ready,00:05:00";

    [Test]
    public async Task QuotedCommasQuotesAndLineBreaks_AreData() => Assert.That(
        await ImportAsync($"{Header}\n2026/11/02,09:00:00,\"an,\"\"n\"\"\r\na\",\"Ready\",00:05:00\n{Bert}\n"),
        Is.EqualTo(new[] { "Done, 2 read: 2 landed, 0 outside, 0 quarantined", "an,\"n\"\r\na Ready 17:00:00-17:05:00", BertReady }));

    [Test]
    public async Task AnUnclosedQuote_TakesOneRecord_AndTheRowAfterItLands() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:05:00,\"carl,Ready,00:05:00\n{Bert}\n"),
        Is.EqualTo(new[] { TwoOfThree, Unreadable("line 3: a quote that is never closed"), "line 3: a quote that is never closed", AnnaReady, BertReady }));

    [Test]
    public async Task AnUnclosedQuote_BeforeLinesThatAreNoRows_SaysHowManyItTakes() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:05:00,\"carl,Ready,00:05:00\nsoon,,dora,Ready,\n{Bert}\n"),
        Is.EqualTo(new[] { TwoOfThree, Unreadable("line 3: a quote that is never closed; it takes 2 lines"), "line 3: a quote that is never closed; it takes 2 lines", AnnaReady, BertReady }));

    [Test]
    public async Task AnUnclosedQuote_InTheLastRow_IsThatRow() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n{Bert}\n2026/11/02,09:05:00,\"carl,Ready,00:05:00\n"),
        Is.EqualTo(new[] { TwoOfThree, Unreadable("line 4: a quote that is never closed"), "line 4: a quote that is never closed", AnnaReady, BertReady }));

    [Test]
    public async Task AnUnclosedQuote_InTheHeader_FailsTheSlice() => Assert.That(await ImportAsync($"\"{Header}\n{Anna}\n"), Is.EqualTo(new[]
    {
        "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
        "The header of the agent-state report cannot be read: a quote that is never closed. Correct the columns of the report in Five9. (header-unreadable)",
    }));

    [TestCase("ca\"rl", "a quote inside a field without quotes")]
    [TestCase("\"ca\"rl", "text after a closing quote")]
    public async Task AStrayQuote_TakesOneRecord(string agent, string reason) => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:05:00,{agent},Ready,00:05:00\n{Bert}\n"),
        Is.EqualTo(new[] { TwoOfThree, Unreadable($"line 3: {reason}"), $"line 3: {reason}", AnnaReady, BertReady }));

    [Test]
    public async Task ARecordOverTheSizeLimit_FailsTheSlice_NamingItsLine() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:05:00,\"{new string('x', 1024 * 1024)}\",Ready,00:05:00\n{Bert}\n"),
        Is.EqualTo(new[]
        {
            "Failed, 0 read: 0 landed, 0 outside, 0 quarantined",
            "Line 3 of the agent-state report begins a record of over 1 MiB; a quote is probably never closed. Find and correct the name that holds it in Five9. (record-too-long)",
        }));

    [TestCase("\n", TestName = "Lines_EndInLf")]
    [TestCase("\r\n", TestName = "Lines_EndInCrLf")]
    [TestCase("\r", TestName = "Lines_EndInCr")]
    public async Task Lines_EndInAnyWay(string lineBreak) => Assert.That(
        await ImportAsync(string.Join(lineBreak, "\uFEFF" + Header, Anna, "", "2026/11/02,09:05:00,,Ready,", Bert, "")),
        Is.EqualTo(new[] { TwoOfThree, OneQuarantined, "line 4: no agent", AnnaReady, BertReady }));

    [Test]
    public async Task Lines_EndInEachWayInOneReport() => Assert.That(
        await ImportAsync($"{Header}\r\n{Anna}\r2026/11/02,09:05:00,,Ready,\n{Bert}\r\r\n"),
        Is.EqualTo(new[] { TwoOfThree, OneQuarantined, "line 3: no agent", AnnaReady, BertReady }));

    [Test]
    public async Task AByteOrderMark_IsNoPartOfTheFirstColumn() => Assert.That(
        await ImportAsync($"\uFEFFAGENT,DATE,TIME,STATE,AGENT STATE TIME\nanna,2026/11/02,09:00:00,Ready,00:05:00\n"), Is.EqualTo(new[] { OneRow, AnnaReady }));

    [Test]
    public async Task Nul_IsACharacterOfTheName() => Assert.That(
        await ImportAsync($"{Header}\n2026/11/02,09:00:00,an\0na,Ready,00:05:00\n"), Is.EqualTo(new[] { OneRow, "an\0na Ready 17:00:00-17:05:00" }));

    [Test]
    public async Task Nul_InATime_IsQuarantined() => Assert.That(await ImportAsync($"{Header}\n{Anna}\n{Bert}\n2026/11/02,09:10:00\0,carl,Ready,\n"), Is.EqualTo(new[]
    {
        TwoOfThree,
        Unreadable("line 4: the start cannot be read (DATE and TIME): '2026/11/02 09:10:00\uFFFD', must look like 2026/08/21 and 09:00:12"),
        "line 4: the start cannot be read (DATE and TIME)",
        AnnaReady,
        BertReady,
    }));

    /// <summary>Raw, that is: XML allows them as a reference alone, and its reader ends at them.</summary>
    [TestCase(0x00)]
    [TestCase(0x01)]
    [TestCase(0x08)]
    [TestCase(0x0B)]
    [TestCase(0x0C)]
    [TestCase(0x1F)]
    [TestCase(0xFFFE)]
    [TestCase(0xFFFF)]
    public async Task ARawCharacterThatXmlForbids_IsShownAsLost_AndEveryRowLands(int character) => Assert.That(
        await ImportBodyAsync(Encoding.UTF8.GetBytes($"<return>{Header}\n2026/11/02,09:00:00,Jo{(char)character}sé,Ready,00:05:00\n{Bert}\n</return>")),
        Is.EqualTo(new[]
        {
            "Done, 2 read: 2 landed, 0 outside, 0 quarantined",
            "1 row holds characters that did not arrive and are shown as \uFFFD, because they are no UTF-8 or none that XML can hold: compare the names with those in Five9. (characters-lost)",
            "Jo\uFFFDsé Ready 17:00:00-17:05:00",
            BertReady,
        }));

    [Test]
    public async Task ACDataSection_IsReadLikeAnyText() => Assert.That(
        await ImportBodyAsync(Encoding.UTF8.GetBytes($"<return><![CDATA[{Header}\n2026/11/02,09:00:00,a<b>&c,Ready,00:05:00\n]]>{Bert}\n</return>")),
        Is.EqualTo(new[] { "Done, 2 read: 2 landed, 0 outside, 0 quarantined", "a<b>&c Ready 17:00:00-17:05:00", BertReady }));

    [Test]
    public async Task Latin1Bytes_AreShownAsLost_AndWarnedAbout() => Assert.That(
        await ImportBodyAsync(Encoding.Latin1.GetBytes($"<return>{Header}\n2026/11/02,09:00:00,Jos\u00E9,Ready,00:05:00\n{Bert}\n</return>")),
        Is.EqualTo(new[]
        {
            "Done, 2 read: 2 landed, 0 outside, 0 quarantined",
            "1 row holds characters that did not arrive and are shown as \uFFFD, because they are no UTF-8 or none that XML can hold: compare the names with those in Five9. (characters-lost)",
            "Jos\uFFFD Ready 17:00:00-17:05:00",
            BertReady,
        }));

    private static string Unreadable(string example) => $"1 row could not be understood and is quarantined. The first: {example}. (rows-quarantined)";
}
