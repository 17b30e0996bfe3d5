using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Five9Functions.Api;
using Five9Functions.Problems;

namespace Five9Functions.Tests.Api;

public sealed partial class ApiProblemTests
{
    [Test]
    public void EveryProblem_IsInTheDocument_AndNothingElse() =>
        Assert.That(Row().Matches(Document()).Select(row => row.Groups[1].Value), Is.EquivalentTo(Enum.GetValues<ApiProblem>().Select(problem => problem.Code())));

    private static string Document([CallerFilePath] string thisFile = "") =>
        File.ReadAllText(Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "..", "docs", "api.md")).Split("## Problems")[1];

    [GeneratedRegex(@"^\| `([a-z0-9-]+)` \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
