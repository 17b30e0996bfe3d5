using System.Text.RegularExpressions;

namespace Five9Functions.Tests.Infra;

/// <summary>docs/operations.md, as far as tests hold it.</summary>
internal static partial class Operations
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Deployment.Root(), "docs", "operations.md"));

    /// <summary>What is told, with the dimensions of each.</summary>
    public static IReadOnlyDictionary<string, string[]> Metrics { get; } = Lines
        .SkipWhile(line => line != "| metric | kind | dimensions | tells |").Skip(2).TakeWhile(line => line.StartsWith('|'))
        .Select(line => line.Split('|'))
        .ToDictionary(cells => Code().Match(cells[1]).Groups[1].Value, cells => Code().Matches(cells[3]).Select(m => m.Groups[1].Value).ToArray());

    /// <summary>The headings of the runbook.</summary>
    public static IEnumerable<string> Sections(string heading) => Lines
        .SkipWhile(line => line != "## Runbook").Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .Where(line => line.StartsWith(heading, StringComparison.Ordinal)).Select(line => line[heading.Length..]);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();
}
