using Five9Functions.AgentStates;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>What became of the states of a stretch that the rules changed, to the second.</summary>
internal static class FixedOverlaps
{
    private const int Max = 8;
    private const int StateWidth = 16;

    private static readonly LocalTimePattern Second = LocalTimePattern.CreateWithInvariantCulture("HH:mm:ss");

    /// <summary>The login around the shift gives way to everything and is left out.</summary>
    public static IReadOnlyList<StyledLine> Describe(AgentStretch stretch)
    {
        var lines = stretch.Reported
            .Where(r => r.Kind != StateKind.Login && r.End > r.Start && r.Start < stretch.Window.End && r.End > stretch.Window.Start)
            .DistinctBy(r => (r.State, r.Start, r.End, r.CallId))
            .OrderBy(r => r.Start).ThenByDescending(r => r.End)
            .Select(r => Describe(stretch, r))
            .OfType<string>()
            .ToList();
        return lines.Count <= Max
            ? [.. lines.Select(line => (StyledLine)line)]
            : [.. lines.Take(Max).Select(line => (StyledLine)line), $"and {lines.Count - Max} more"];
    }

    private static string? Describe(AgentStretch stretch, ReportedState state)
    {
        var parts = stretch.Stored
            .Where(s => s.State == state.State && s.CallId == state.CallId && s.ReportedStart == state.Start && s.ReportedEnd == state.End)
            .OrderBy(s => s.Start)
            .ToList();
        if (parts.Count > 0 && !parts[0].Adjusted)
        {
            return null;
        }

        var stored = parts.Count == 0 ? "absorbed: always under shorter states" : string.Join(", ", parts.Select(p => Text(stretch, p.Start, p.End)));
        return $"{state.State.PadRight(StateWidth)}{Text(stretch, state.Start, state.End!.Value)}  ->  {stored}";
    }

    private static string Text(AgentStretch stretch, Instant start, Instant end) =>
        $"{Second.Format(start.InZone(stretch.Zone).TimeOfDay)}-{Second.Format(end.InZone(stretch.Zone).TimeOfDay)}";
}
