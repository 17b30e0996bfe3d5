namespace Five9Functions.Adherence;

/// <summary>Two activities of one agent at once.</summary>
/// <param name="Kept">The other one is stored, and starts outside of what is replaced.</param>
public sealed record ScheduleOverlap(ScheduledActivity Activity, ScheduledActivity Other, bool Kept);

/// <summary>What would be planned of one agent at the same time. Pure.</summary>
internal static class ScheduleOverlaps
{
    /// <summary>Each activity that begins before one of the same agent has ended, with that one; the first ones.</summary>
    public static IReadOnlyList<ScheduleOverlap> Of(IEnumerable<ScheduledActivity> wanted, IEnumerable<ScheduledActivity> kept, int most)
    {
        var overlaps = new List<ScheduleOverlap>();
        (ScheduledActivity Activity, bool Kept)? longest = null;
        var all = wanted.Select(activity => (Activity: activity, Kept: false)).Concat(kept.Select(activity => (Activity: activity, Kept: true)))
            .OrderBy(a => a.Activity.Agent, StringComparer.Ordinal).ThenBy(a => a.Activity.Start).ThenBy(a => a.Activity.End);
        foreach (var next in all)
        {
            if (longest is { } before && before.Activity.Agent == next.Activity.Agent && next.Activity.Start < before.Activity.End)
            {
                // Two that are stored are nobody's fault who sends others.
                if (!(before.Kept && next.Kept))
                {
                    overlaps.Add(next.Kept ? new(before.Activity, next.Activity, Kept: true) : new(next.Activity, before.Activity, before.Kept));
                }

                longest = next.Activity.End > before.Activity.End ? next : before;
            }
            else
            {
                longest = next;
            }

            if (overlaps.Count == most)
            {
                break;
            }
        }

        return overlaps;
    }
}
