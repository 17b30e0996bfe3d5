using Five9Functions.LocalHost.Import;

namespace Five9Functions.Tests.LocalHost.Import;

public sealed class ImportWordsTests
{
    private static readonly string[] Days = ["agentStates 2026-11-02: 1 row", "agentStates 2026-11-03: 2 rows", "agentStates 2026-11-04: 3 rows", "agentStates 2026-11-05: 4\nrows"];

    [Test]
    public void EachWarning_IsALineOfTheScreen_HoweverManyAreAlike() => Assert.That(Words(new ImportOutcome(true, null, Days, null, null, [])), Is.EqualTo(new[]
    {
        "Warnings:", "  agentStates 2026-11-02: 1 row", "  agentStates 2026-11-03: 2 rows", "  agentStates 2026-11-04: 3 rows", "  agentStates 2026-11-05: 4 rows",
    }));

    [Test]
    public void TheReasonOfAFailure_IsNoWarningBesides() =>
        Assert.That(Words(new ImportOutcome(false, null, ["It failed.", "agentStates 2026-11-02: 1 row"], null, null, [])), Is.EqualTo(new[] { "Warnings:", "  agentStates 2026-11-02: 1 row" }));

    [Test]
    public void WithoutWarnings_NothingIsSaidOfThem() => Assert.That(Words(new ImportOutcome(true, null, [], null, null, [])), Is.Empty);

    private static IEnumerable<string> Words(ImportOutcome outcome) => ImportWords.Of(outcome, new DirectoryInfo("out"));
}
