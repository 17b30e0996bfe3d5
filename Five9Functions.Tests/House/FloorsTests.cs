using System.Text.RegularExpressions;
using Five9Functions.Tests.Infra;

namespace Five9Functions.Tests.House;

/// <summary>The folders of the app are floors: code of a folder names only its own folder and those below it.</summary>
public sealed partial class FloorsTests
{
    /// <summary>From the top. Folders of one line do not need each other's order.</summary>
    private static readonly string[][] Floors =
    [
        [""], // Program, Registration
        ["Functions"], ["Api"], ["Queries"], ["Health"], ["Connections"], ["RealTime"], ["Imports"], ["Retention"], ["Normalization"],
        ["Credentials"], ["Users"], ["Runs"], ["Integrations"], ["Storage"], ["Five9"],
        ["AgentStates", "Calls", "Adherence"], // pure
        ["Telemetry", "Time", "Problems"], // ground
    ];

    private static readonly string App = Path.Combine(Deployment.Root(), "Five9Functions");

    private static readonly IReadOnlyList<string> Sources =
        [.. Directory.GetDirectories(App).Where(d => Path.GetFileName(d) is not ("bin" or "obj")).SelectMany(d => Directory.GetFiles(d, "*.cs", SearchOption.AllDirectories)), .. Directory.GetFiles(App, "*.cs")];

    [Test]
    public void NoFolder_UsesOneAboveIt() => Assert.That(Sources.SelectMany(path => UpwardUses(FolderOf(path), File.ReadAllText(path)).Select(use => $"{Relative(path)} uses {use}")), Is.Empty);

    [Test]
    public void EveryFolder_HasItsFloor() => Assert.That(Sources.Select(FolderOf).Distinct(), Is.EquivalentTo(Floors.SelectMany(floor => floor)));

    [Test]
    public void Namespaces_FollowFolders() => Assert.That(Sources.Where(path => !Namespaces(path).All(space => space == SpaceOf(path))).Select(Relative), Is.Empty);

    [TestCase("Storage", "using Five9Functions.Imports;", "Imports")]
    [TestCase("Storage", "using static Five9Functions.Runs.ImportRuns;", "Runs")]
    [TestCase("Storage", "using Rows = Five9Functions.Queries.RawRows;", "Queries")]
    [TestCase("Five9", "global using Five9Functions.Storage.Tables;", "Storage")]
    [TestCase("Calls", "    private Five9Functions.Five9.Csv.ReportHeader _header;", "Five9")]
    [TestCase("Calls", "    private global::Five9Functions.Api.Page _page;", "Api")]
    [TestCase("Runs", "    private Imports.Planner _planner;", "Imports")]
    [TestCase("Imports", "using Five9Functions.Storage.RawDays;", null)]
    [TestCase("Imports", "using Five9Functions.Time;", null)]
    [TestCase("Calls", "using Five9Functions.AgentStates;", null)]
    public void AnUpwardUse_IsFound(string folder, string line, string? use) => Assert.That(UpwardUses(folder, line), Is.EqualTo(use is null ? Array.Empty<string>() : [use]));

    private static IEnumerable<string> UpwardUses(string folder, string source) => Names().Matches(source)
        .Select(name => name.Groups["folder"].Value).Distinct().Where(used => Floor(used) is { } floor && floor < Floor(folder));

    private static int? Floor(string folder) => Array.FindIndex(Floors, floor => floor.Contains(folder)) is >= 0 and var floor ? floor : null;

    private static string Relative(string path) => Path.GetRelativePath(App, path);

    private static string FolderOf(string path) => Relative(path).Split(Path.DirectorySeparatorChar) is [var folder, _, ..] ? folder : "";

    private static string SpaceOf(string path) => string.Join('.', Relative(path).Split(Path.DirectorySeparatorChar)[..^1].Prepend("Five9Functions"));

    private static IEnumerable<string> Namespaces(string path) => Declared().Matches(File.ReadAllText(path)).Select(space => space.Groups["name"].Value);

    // A whole name, or one that begins with a folder's name where a type can stand, such as "Imports.Planner planner".
    [GeneratedRegex(@"\bFive9Functions\.(?<folder>\w+)|(?<=^\s*(public|internal|private|protected|static|readonly|return|new|await| )*[ (<])(?<folder>[A-Z]\w+)\.[A-Z]\w+(?=[ ?>] *\w+ *[;=,)(])", RegexOptions.Multiline)]
    private static partial Regex Names();

    [GeneratedRegex(@"^namespace (?<name>[\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declared();
}
