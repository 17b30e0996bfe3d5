using System.Globalization;
using Five9Functions.Problems;
using Five9Functions.Runs;

namespace Five9Functions.LocalHost.Import;

/// <summary>What an import came to, as lines for the screen: a line for each report, then what a person should look at.</summary>
internal static class ImportWords
{
    /// <summary>That of call types, day by day: they are said once for the file.</summary>
    private static readonly string SaidAbove = $"({SliceConcern.Unclassified.Code()})";

    public static IEnumerable<string> Of(ImportOutcome outcome, DirectoryInfo output) =>
        [.. Rows(outcome, output), .. UnknownCallTypes(outcome), .. Quarantined(outcome), .. Warnings(outcome)];

    private static IEnumerable<string> Rows(ImportOutcome outcome, DirectoryInfo output)
    {
        if (outcome.AgentStates is { Segments: not null, Rows: var rows } states && (outcome.Succeeded || rows.Rows > 0))
        {
            yield return $"Imported {rows.Rows} rows: {rows.Visible} visible, {rows.Absorbed} absorbed, {rows.Duplicate} duplicate, {rows.Marker} markers, {rows.Quarantined} quarantined; {states.Segments.Count} segments in {output.FullName}";
        }

        if (outcome.Calls is { Legs: not null, Rows: var legs } calls && (outcome.Succeeded || legs.Rows > 0))
        {
            var others = new[]
            {
                (legs.IvrOnly, "IVR only"), (legs.CallbackAttempt, "callback attempts"), (legs.Voicemail, "voicemail"), (legs.ThirdParty, "third party"), (legs.Outbound, "outbound"),
                (legs.Attempt, "attempts"), (legs.Internal, "internal"), (legs.Unclassified, "unclassified"), (legs.Duplicate, "duplicate"), (legs.Quarantined, "quarantined"),
            };
            yield return $"Imported {legs.Rows} legs of calls: {string.Join(", ", others.Where(o => o.Item1 > 0).Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Item1} {o.Item2}")).Prepend($"{legs.ContactLegs} of contacts"))}; {calls.Intervals!.Count} intervals of {calls.Queues.Count} queues in {output.FullName}";
        }
    }

    private static IEnumerable<string> UnknownCallTypes(ImportOutcome outcome)
    {
        if (outcome.UnknownCallTypes.Count > 0)
        {
            yield return "Call types that are not known, and are in no figure:";
        }

        foreach (var type in outcome.UnknownCallTypes)
        {
            yield return $"  {(type.Name.Length == 0 ? "blank" : Files.FileText.Shown(type.Name))}: {(type.Rows == 1 ? "1 leg" : $"{type.Rows} legs")}, {type.Seconds} s of work";
        }
    }

    private static IEnumerable<string> Quarantined(ImportOutcome outcome)
    {
        var reasons = QuarantineReason.MostFrequent(outcome.Quarantined);
        if (reasons.Count > 0)
        {
            yield return $"{(outcome.Quarantined.Count == 1 ? "1 row is" : $"{outcome.Quarantined.Count} rows are")} in {ImportFiles.Quarantined}:";
        }

        foreach (var reason in reasons)
        {
            yield return $"  {reason.Rows} of the {(reason.Report == RunJson.CallLog ? "call log" : "agent states")}: {reason.Reason}, as in line {reason.Line}";
        }

        if (outcome.Quarantined.Select(row => (row.Report, row.Reason)).Distinct().Count() is var all && all > reasons.Count)
        {
            yield return $"  and {all - reasons.Count} other {(all - reasons.Count == 1 ? "reason" : "reasons")}";
        }
    }

    private static IEnumerable<string> Warnings(ImportOutcome outcome)
    {
        // That of a failure is said in a line of its own.
        var warnings = outcome.Warnings.Skip(outcome.Succeeded ? 0 : 1).Where(warning => !warning.EndsWith(SaidAbove, StringComparison.Ordinal)).ToList();
        return warnings.Count == 0 ? [] : [.. warnings.Select(warning => $"  {OneLine(warning)}").Prepend("Warnings:")];
    }

    /// <summary>Also where a column's name or the storage's answer has several lines.</summary>
    public static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
