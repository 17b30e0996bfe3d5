using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Azure;
using Five9Functions.Api;
using Five9Functions.Calls;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Csv;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Microsoft.Extensions.Configuration;

namespace Five9Functions.Tests;

/// <summary>docs/troubleshooting.md against the code: nothing that an operator can see is undocumented, and nothing is documented that does not exist.</summary>
public sealed partial class TroubleshootingTests
{
    private const string Slices = "A slice waits or failed";

    /// <summary>Types of others that come through.</summary>
    private static readonly Type[] Foreign = [typeof(RequestFailedException), typeof(InvalidOperationException), typeof(AggregateException), typeof(InvalidDataException), typeof(FormatException)];

    private static readonly string[] Lines = File.ReadAllLines(Document());

    private static readonly HashSet<string> Heads = [.. Lines.Zip(Lines.Skip(1)).Where(pair => pair.Second.StartsWith("| ---", StringComparison.Ordinal)).Select(pair => pair.First)];

    // An ApiException becomes an answer and is in no log: docs/api.md.
    private static readonly Type[] Exceptions = [.. typeof(ImportProblem).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Exception)) && !t.IsAbstract && t != typeof(ApiException))];

    [Test]
    public void EveryProblemOfASlice_IsDocumentedOnce_AndNoOther() =>
        Assert.That(Codes(Slices), Is.EquivalentTo(Enum.GetValues<ImportProblem>().Select(p => p.Code())));

    [Test]
    public void EveryWarningOfARun_IsDocumentedOnce_AndNoOther() =>
        Assert.That(Codes("A run has warnings"), Is.EquivalentTo(Enum.GetValues<SliceConcern>().Select(c => c.Code())));

    [Test]
    public void EveryExceptionOfOurs_IsDocumentedOnce_AndNoOther() =>
        Assert.That(Codes("An exception in the log"), Is.EquivalentTo(Exceptions.Concat(Foreign).Select(t => t.Name)));

    [Test]
    public void EveryExceptionOfFive9_StandsBesideAProblem_AndNoneThatDoesNotExist() => Assert.That(
        Rows(Slices).SelectMany(cells => Code().Matches(cells[1])).Select(m => m.Groups[1].Value).Distinct(),
        Is.EquivalentTo(Exceptions.Where(t => t.IsSubclassOf(typeof(Five9Exception))).Select(t => t.Name)));

    [Test]
    public void AnExceptionThatMeansOneProblem_StandsBesideThatOne()
    {
        Five9Exception[] single = [new Five9CredentialRejectedException(""), new Five9QuotaExceededException("", ""), new Five9ReportGoneException("")];

        foreach (var exception in single)
        {
            Assert.That(
                Rows(Slices).Where(cells => cells[1].Contains(exception.GetType().Name, StringComparison.Ordinal)).Select(cells => cells[0]),
                Is.EqualTo(new[] { $"`{exception.Error.Problem.Code()}`" }));
        }
    }

    [Test]
    public void EveryPoisonQueue_IsDocumented() => Assert.That(Codes("A message is poison"), Is.EqualTo(StorageLayout.Queues.Select(name => $"{name}-poison")));

    [Test]
    public void EverySettingThatTheStartRefuses_IsDocumented_AndNoOther()
    {
        var integration = new IntegrationSettings
        {
            Name = new string('n', 201),
            Region = "mars",
            CallLogFolder = new string('f', 201),
            CallLogReport = new string('r', 201),
            SecretName = "_",
            Zone = "Mars/Olympus",
            PlanningZone = "Mars/Olympus",
            DateOrder = (DateOrder)7,
            AgentStateFolder = "",
            AgentStateReport = "",
            ScheduleMinutes = -1,
            PaddingMinutes = -1,
            HistoryDays = -1,
            SuspiciousRows = -1,
            SuspiciousPercent = 101,
            Agents = -1,
            Reports = "",
            Grouping = (QueueGrouping)7,
            ServiceLevelSeconds = -1,
            ShortAbandonSeconds = -1,
            QueueThresholds = "20",
            ServiceLevelFormula = (ServiceLevelFormula)7,
            Tiers = "24",
            Rotation = (CredentialRotation)7,
            RetentionDays = 30,
        };
        var imports = new ImportOptions();
        foreach (var option in typeof(ImportOptions).GetProperties())
        {
            option.SetValue(imports, option.PropertyType == typeof(int) ? -1 : TimeSpan.FromDays(-1));
        }

        var vault = new KeyVaultOptions { Uri = "here", Cache = TimeSpan.Zero, Pause = TimeSpan.Zero, Timeout = TimeSpan.Zero };
        var rotation = new RotationOptions { NearExpiry = TimeSpan.Zero, Lifetime = TimeSpan.Zero, GracePeriod = TimeSpan.FromDays(-1) };
        var live = new LiveOptions { Columns = "" };
        foreach (var option in typeof(LiveOptions).GetProperties().Where(option => option.PropertyType != typeof(string)))
        {
            option.SetValue(live, option.PropertyType == typeof(int) ? -1 : TimeSpan.FromDays(-1));
        }

        var five9 = new Five9ClientOptions
        {
            ApiVersion = "13",
            SupervisorVersion = "v13/x",
            CallTimeout = TimeSpan.Zero,
            DownloadTimeout = TimeSpan.FromDays(2),
            IdleTimeout = TimeSpan.FromSeconds(-1),
            SupervisorTimeout = TimeSpan.Zero,
            AllowedHosts = "here",
        };
        string[] refused =
        [
            .. integration.Problems("{id}"),
            .. new ValidateKeyVault().Validate(null, vault).Failures!,
            .. new ValidateFive9Client().Validate(null, five9).Failures!,
            .. new ValidateFive9Hosts().Validate(null, five9).Failures!,
            .. new ValidateImports().Validate(null, imports).Failures!,
            .. new ValidateRotation().Validate(null, rotation).Failures!,
            .. new ValidateLive(new ConfigurationBuilder().Build()).Validate(null, live).Failures!,
        ];

        Assert.That(Codes("The app does not start").Where(key => key.Contains(':', StringComparison.Ordinal)), Is.EquivalentTo(refused.Select(problem => Key().Match(problem).Value)));
    }

    [Test]
    public void EveryRow_SaysWhatToDo()
    {
        foreach (var section in Headings().Skip(1).Where(h => h != "The app does not start"))
        {
            Assert.That(Rows(section).Select(cells => cells[^1]), Has.All.Length.GreaterThan(2), section);
        }
    }

    [Test]
    public void EveryLinkInThePage_LeadsSomewhere()
    {
        var headings = Headings().Select(h => h.ToLowerInvariant().Replace(' ', '-'));

        Assert.That(Lines.SelectMany(line => Anchor().Matches(line)).Select(m => m.Groups[1].Value).Distinct(), Is.SubsetOf(headings));
    }

    /// <summary>What stands as code in the first column of a section's tables.</summary>
    private static IEnumerable<string> Codes(string section) => Rows(section).SelectMany(cells => Code().Matches(cells[0])).Select(m => m.Groups[1].Value);

    /// <summary>The cells of a section's tables, without their heads.</summary>
    private static IEnumerable<string[]> Rows(string section) => Lines
        .SkipWhile(line => line != $"## {section}")
        .Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.StartsWith("| ---", StringComparison.Ordinal))
        .Where(line => !Heads.Contains(line))
        .Select(line => Array.ConvertAll(line[1..^1].Split('|'), cell => cell.Trim()));

    private static IEnumerable<string> Headings() => Lines.Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#', ' '));

    private static string Document([CallerFilePath] string thisFile = "") => Path.Combine(Path.GetDirectoryName(thisFile)!, "..", "docs", "troubleshooting.md");

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    [GeneratedRegex(@"^[A-Za-z0-9]+:[^ ]+?(?=:? )")]
    private static partial Regex Key();

    [GeneratedRegex(@"\]\(#([^)]+)\)")]
    private static partial Regex Anchor();
}
