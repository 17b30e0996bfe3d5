using Five9Functions.LocalHost.Import;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class ImportScreenTests
{
    [TestCase(null, "  one two three four five six")]
    [TestCase(80, "  one two three four five six")]
    [TestCase(20, "  one two three", "    four five six")]
    [TestCase(16, "  one two three", "    four five", "    six")]
    public void ALine_IsBrokenBetweenWords_WhereTheTerminalIsNarrow(int? width, params string[] lines) => Assert.That(Written(width, "  one two three four five six"), Is.EqualTo(lines));

    [Test]
    public void AWordThatIsWiderThanTheTerminal_StaysWhole() =>
        Assert.That(Written(20, "in /a/folder/with/a/long/name, there"), Is.EqualTo(new[] { "in", "  /a/folder/with/a/long/name,", "  there" }));

    private static string[] Written(int? width, string line)
    {
        using var output = new StringWriter();
        new ImportScreen(output, width).Write(line);
        return output.ToString().TrimEnd().Split(Environment.NewLine);
    }
}
