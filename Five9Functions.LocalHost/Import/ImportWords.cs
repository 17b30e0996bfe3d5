using System.Globalization;

namespace Five9Functions.LocalHost.Import;

/// <summary>What an import came to, a line for each report.</summary>
internal static class ImportWords
{
    public static IEnumerable<string> Of(ImportOutcome outcome, DirectoryInfo output)
    {
        if (outcome.AgentStates is { Rows: var rows } states)
        {
            yield return $"Imported {rows.Rows} rows: {rows.Visible} visible, {rows.Absorbed} absorbed, {rows.Duplicate} duplicate, {rows.Marker} markers, {rows.Quarantined} quarantined; {states.Segments!.Count} segments in {output.FullName}";
        }

        if (outcome.Calls is { Rows: var legs } calls)
        {
            var others = new[]
            {
                (legs.IvrOnly, "IVR only"), (legs.CallbackAttempt, "callback attempts"), (legs.Voicemail, "voicemail"), (legs.ThirdParty, "third party"), (legs.Outbound, "outbound"),
                (legs.Attempt, "attempts"), (legs.Internal, "internal"), (legs.Unclassified, "unclassified"), (legs.Duplicate, "duplicate"), (legs.Quarantined, "quarantined"),
            };
            yield return $"Imported {legs.Rows} legs of calls: {string.Join(", ", others.Where(o => o.Item1 > 0).Select(o => string.Create(CultureInfo.InvariantCulture, $"{o.Item1} {o.Item2}")).Prepend($"{legs.ContactLegs} of contacts"))}; {calls.Intervals!.Count} intervals of {calls.Queues.Count} queues in {output.FullName}";
        }
    }
}
