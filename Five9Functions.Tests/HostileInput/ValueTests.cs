using static Five9Functions.Tests.Imports.ImportData;

namespace Five9Functions.Tests.HostileInput;

/// <summary>Names and durations.</summary>
public sealed class ValueTests : HostileReport
{
    private const string OneRow = "Done, 1 read: 1 landed, 0 outside, 0 quarantined";
    private const string OneQuarantined = "1 row could not be understood and is quarantined. (rows-quarantined)";

    [TestCase("0:05:00", AnnaReady)]
    [TestCase("00:05:00.999", AnnaReady)]
    [TestCase("00:05:00,999", AnnaReady)]
    [TestCase("0000:05:00", AnnaReady)]
    [TestCase("300", AnnaReady)]
    [TestCase("300.0", AnnaReady)]
    [TestCase("300,25", AnnaReady)]
    [TestCase("05:00.0", AnnaReady)]
    [TestCase("25:00:00", "anna Ready 17:00:00-08:00:00, continues on the next day", "anna Ready 08:00:00-18:00:00, continues from the previous day")]
    public async Task ADuration_IsRead(string duration, params string[] segments)
    {
        RunAt = At("2026-11-04T12:00:00Z"); // after the end of each

        Assert.That(await ImportAsync($"{Header}\n2026/11/02,09:00:00,anna,Ready,{duration}\n"), Is.EqualTo((string[])[OneRow, .. segments]));
    }

    [TestCase("169:00:00", "the duration is over 168 hours (AGENT STATE TIME)")]
    [TestCase("-00:05:00", "the duration is negative (AGENT STATE TIME)")]
    [TestCase("five", "the duration cannot be read (AGENT STATE TIME)")]
    [TestCase("169000:00:00", "the duration is over 168 hours (AGENT STATE TIME)")]
    [TestCase("99999999999999999999:00:00", "the duration is over 168 hours (AGENT STATE TIME)")]
    [TestCase("604801", "the duration is over 168 hours (AGENT STATE TIME)")]
    [TestCase("5550100001", "the duration cannot be read (AGENT STATE TIME)")]
    [TestCase("-", "the duration cannot be read (AGENT STATE TIME)")]
    [TestCase("05:00", "the duration is ambiguous (AGENT STATE TIME)")]
    [TestCase("\"1,234\"", "the duration is ambiguous (AGENT STATE TIME)")]
    [TestCase("0.003472222", "the duration is a fraction of a day, as a spreadsheet writes it (AGENT STATE TIME)")]
    [TestCase("3.47222222222222E-03", "the duration is a fraction of a day, as a spreadsheet writes it (AGENT STATE TIME)")]
    [TestCase("00:60:00", "the duration cannot be read (AGENT STATE TIME)")]
    [TestCase("00:00:60", "the duration cannot be read (AGENT STATE TIME)")]
    public async Task ABadDuration_IsQuarantined(string duration, string reason) => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:05:00,anna,Ready,{duration}\n"),
        Is.EqualTo(new[] { "Done, 2 read: 1 landed, 0 outside, 1 quarantined", OneQuarantined, $"line 3: {reason}", AnnaReady }));

    [TestCase("a/b\\c#d?e", TestName = "AName_WithCharactersThatKeysForbid_IsStored")]
    [TestCase("a\u0001b\u001F\u007F\u0085c", TestName = "AName_WithControlCharacters_IsStored")]
    [TestCase("a|b*c%d", TestName = "AName_WithTheCharactersThatKeysEscapeWith_IsStored")]
    [TestCase("Jos\u00E9 M\u00FCller", TestName = "AName_NotAscii_IsStored")]
    [TestCase("\u674E\u96F7", TestName = "AName_Chinese_IsStored")]
    [TestCase("\u05D3\u05D5\u05D3 \u202Eabc", TestName = "AName_FromRightToLeft_IsStored")]
    [TestCase("Zoe\u0308", TestName = "AName_WithACombiningCharacter_IsStored")]
    [TestCase("anna \U0001F469\u200D\U0001F4BB", TestName = "AName_WithEmoji_IsStored")]
    public async Task AName_IsStoredAsItIs(string agent) =>
        Assert.That(await ImportAsync($"{Header}\n2026/11/02,09:00:00,{agent},Ready,00:05:00\n"), Is.EqualTo(new[] { OneRow, $"{agent} Ready 17:00:00-17:05:00" }));

    [Test]
    public async Task NamesOf600Characters_ThatDifferInTheLast_AreTwoAgents()
    {
        var name = new string('x', 599);

        Assert.That(await ImportAsync($"{Header}\n2026/11/02,09:00:00,{name}1,Ready,00:05:00\n2026/11/02,09:00:00,{name}2,Ready,00:05:00\n"), Is.EqualTo(new[]
        {
            "Done, 2 read: 2 landed, 0 outside, 0 quarantined", $"{name}1 Ready 17:00:00-17:05:00", $"{name}2 Ready 17:00:00-17:05:00",
        }));
    }

    [Test]
    public async Task NamesThatDifferInCase_AreTwoAgents_AndThoseThatDifferInOuterBlanksAreOne() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:00:00,Anna,Ready,00:05:00\n2026/11/02,09:10:00,anna ,Ready,00:05:00\n2026/11/02,09:20:00,\" anna\",Ready,00:05:00\n"),
        Is.EqualTo(new[]
        {
            "Done, 4 read: 4 landed, 0 outside, 0 quarantined",
            "2 logins differ from another one in upper and lower case alone; each is an agent of its own. (logins-differ-in-case)",
            "Anna Ready 17:00:00-17:05:00",
            AnnaReady,
            "anna Ready 17:10:00-17:15:00",
            "anna Ready 17:20:00-17:25:00",
        }));

    [Test]
    public async Task NamesThatLookAlike_ButAreWrittenWithOtherCharacters_AreTwoAgents() => Assert.That(
        await ImportAsync($"{Header}\n2026/11/02,09:00:00,Zo\u00EB,Ready,00:05:00\n2026/11/02,09:00:00,Zoe\u0308,Ready,00:05:00\n"),
        Is.EqualTo(new[] { "Done, 2 read: 2 landed, 0 outside, 0 quarantined", "Zoe\u0308 Ready 17:00:00-17:05:00", "Zo\u00EB Ready 17:00:00-17:05:00" }));

    [Test]
    public async Task AValueThatNoTableCanHold_IsQuarantined_IfATableHasToHoldIt() => Assert.That(
        await ImportAsync($"{Header}\n{Anna}\n2026/11/02,09:00:00,{new string('x', 32_769)},Ready,00:05:00\n"),
        Is.EqualTo(new[] { "Done, 2 read: 1 landed, 0 outside, 1 quarantined", OneQuarantined, "line 3: a value of over 32000 characters (AGENT)", AnnaReady }));

    [Test]
    public async Task AValueThatNoTableCanHold_IsKept_IfOnlyTheRawDayHasToHoldIt()
    {
        Assert.That(await ImportAsync($"{Header},NOTE\n{Anna},{new string('x', 40_000)}\n"), Is.EqualTo(new[] { OneRow, AnnaReady }));
        Assert.That((await RawRowsAsync()).Single()["NOTE"], Has.Length.EqualTo(40_000));
    }
}
