using System.Reflection;
using System.Text.RegularExpressions;
using Five9Functions.Five9;
using Five9Functions.Health;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Tests.Infra;

namespace Five9Functions.Tests.Telemetry;

/// <summary>The names of metrics, and the tables of problems, as all pages write them.</summary>
public sealed partial class MetricsInDocsTests
{
    private static readonly string[] Pages = Directory.GetFiles(Path.Combine(Deployment.Root(), "docs"), "*.md");

    [Test]
    public void EveryMetricThatAPageNames_Exists()
    {
        var known = new[] { typeof(ImportMetrics), typeof(Five9Metrics), typeof(StorageMetrics), typeof(HealthMetrics) }
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.IsLiteral && field.FieldType == typeof(string)).Select(field => (string)field.GetRawConstantValue()!).ToHashSet();
        var groups = known.Where(name => name.Contains('.', StringComparison.Ordinal)).Select(name => name.Split('.')[0]).ToHashSet();

        // What begins like a metric and has only lower case, underscores and dots is one, or claims to be.
        var named = Pages.SelectMany(page => Code().Matches(File.ReadAllText(page)).Select(m => m.Groups[1].Value))
            .Where(code => groups.Contains(code.Split('.')[0]) || code.StartsWith("five9functions.", StringComparison.Ordinal)).ToList();

        Assert.That(named, Has.Count.GreaterThan(15));
        Assert.That(named.Except(known), Is.Empty);
    }

    [Test]
    public void NoBlankLine_CutsATable()
    {
        var cut = new List<string>();
        foreach (var page in Pages)
        {
            var lines = File.ReadAllLines(page);
            for (var i = 2; i < lines.Length; i++)
            {
                // A row after a blank line is a table of its own only with a head, which is followed by dashes.
                if (lines[i].StartsWith('|') && lines[i - 1].Length == 0 && (i + 1 == lines.Length || !lines[i + 1].StartsWith("| ---", StringComparison.Ordinal)))
                {
                    cut.Add($"{Path.GetFileName(page)}:{i + 1}");
                }
            }
        }

        Assert.That(cut, Is.Empty);
    }

    [Test]
    public void EveryRouteThatAPageNames_IsOneOfTheApi()
    {
        var openapi = File.ReadAllText(Path.Combine(Deployment.Root(), "docs", "openapi.yaml"));
        var routes = PathLine().Matches(openapi).Select(m => m.Groups[1].Value).ToHashSet();
        var methods = Methods(openapi);
        var named = Pages.SelectMany(page => Route().Matches(File.ReadAllText(page)).Select(m => (Method: m.Groups[1].Value.ToLowerInvariant(), Route: Named(m.Groups[2].Value)))).Distinct().ToList();

        Assert.That(named, Has.Count.GreaterThan(20));
        Assert.That(named.Where(call => routes.Contains(call.Route) && !methods.Contains(call)), Is.Empty, "a method that the route does not have");
        Assert.That(named.Where(call => !routes.Contains(call.Route)), Is.Empty, "no route of the API");
    }

    // Examples say an id where the API says what stands there.
    private static string Named(string route) => route
        .Replace("/acme", "/{id}", StringComparison.Ordinal).Replace("{run}", "{runId}", StringComparison.Ordinal).Replace("/-/", "/{queue}/", StringComparison.Ordinal);

    private static HashSet<(string Method, string Route)> Methods(string openapi)
    {
        var (found, route) = (new HashSet<(string, string)>(), "");
        foreach (var line in openapi.Split('\n'))
        {
            route = PathLine().Match(line) is { Success: true } path ? path.Groups[1].Value : route;
            if (Method().Match(line) is { Success: true } method)
            {
                found.Add((method.Groups[1].Value, route));
            }
        }

        return found;
    }

    [GeneratedRegex("`([a-z0-9_.]+\\.[a-z0-9_.]+)`")]
    private static partial Regex Code();

    [GeneratedRegex("^  (/[^:]*):\\s*$", RegexOptions.Multiline)]
    private static partial Regex PathLine();

    [GeneratedRegex("^    (get|put|post|delete|patch):\\s*$", RegexOptions.Multiline)]
    private static partial Regex Method();

    [GeneratedRegex(@"`(GET|PUT|POST|DELETE) (/[^`? ]*)")]
    private static partial Regex Route();
}
