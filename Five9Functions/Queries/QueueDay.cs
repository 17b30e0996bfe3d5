using Five9Functions.Calls;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>The figures of a queue, or of all queues of a workload, in one interval.</summary>
/// <param name="Queue">Null where several are added up.</param>
/// <param name="Workload">Null for none.</param>
/// <param name="Start">UTC.</param>
/// <param name="Provisional">It can still change: it was not read again an hour after its end, or what was read is not derived yet.</param>
public sealed record IntervalRow(Instant Start, Instant End, string? Queue, string? Workload, IntervalFigures Figures, bool Provisional);

/// <summary>Which intervals are wanted, and how they are put together.</summary>
/// <param name="Window">Those that start in it.</param>
/// <param name="Minutes">15, 30 or 60.</param>
/// <param name="Includes">Which queues.</param>
/// <param name="Known">All queues that are known.</param>
/// <param name="WorkloadOf">Their workloads, by queue.</param>
/// <param name="Sum">Null: by queue. Else all queues are added up to this workload.</param>
public sealed record IntervalsWanted(
    Interval Window, int Minutes, Func<string, bool> Includes, IReadOnlyList<KnownQueue> Known, IReadOnlyDictionary<string, string> WorkloadOf, string? Sum);

/// <summary>
/// The intervals of a local day as a reader gets them: what is stored, and zero where the day was read and a queue was there (from its
/// first call until it is gone). An interval that nobody read is not there. Pure.
/// </summary>
internal static class QueueDay
{
    /// <summary>By start, then queue (ordinal).</summary>
    /// <param name="stored">Quarter hours that are not all zero.</param>
    /// <param name="derived">What is stored follows from all that was read.</param>
    public static IReadOnlyList<IntervalRow> Rows(LocalDay day, IEnumerable<QueueInterval> stored, ReadTimes read, bool derived, IntervalsWanted wanted)
    {
        var ends = new Dictionary<Instant, Instant>();
        var figures = new Dictionary<(Instant Start, string Name), IntervalFigures>();
        for (var quarter = FirstQuarter(day); quarter < day.End; quarter += QueueInterval.Length)
        {
            ends[StartOf(quarter)] = quarter + QueueInterval.Length;
        }

        foreach (var (start, end) in ends.Where(slot => read.AnyOf(new Interval(slot.Key, slot.Value))))
        {
            foreach (var queue in wanted.Known.Where(queue => wanted.Includes(queue.Queue) && IsThere(queue, start, end)))
            {
                figures[(start, NameOf(queue.Queue))] = default;
            }
        }

        foreach (var quarter in stored.Where(quarter => wanted.Includes(quarter.Queue)))
        {
            var key = (StartOf(quarter.Start), NameOf(quarter.Queue));
            figures[key] = figures.GetValueOrDefault(key) + quarter.Figures;
        }

        return
        [
            .. figures
                .Where(row => wanted.Window.Contains(row.Key.Start))
                .OrderBy(row => row.Key.Start)
                .ThenBy(row => row.Key.Name, StringComparer.Ordinal)
                .Select(row => Row(row.Key.Start, row.Key.Name, row.Value)),
        ];

        Instant StartOf(Instant quarter) => LongerIntervals.StartOf(quarter, wanted.Minutes, day.Zone);

        string NameOf(string queue) => wanted.Sum ?? queue;

        IntervalRow Row(Instant start, string name, IntervalFigures sums)
        {
            var end = ends.GetValueOrDefault(start, start + Duration.FromMinutes(wanted.Minutes));
            var provisional = !derived || read.IsProvisional(new Interval(start, end));
            return wanted.Sum is null
                ? new(start, end, name, wanted.WorkloadOf.GetValueOrDefault(name), sums, provisional)
                : new(start, end, null, name, sums, provisional);
        }
    }

    private static bool IsThere(KnownQueue queue, Instant start, Instant end) => queue.FirstSeen < end && !(queue.GoneSince <= start);

    // Quarter hours are UTC's; a day of today's zones begins with one.
    private static Instant FirstQuarter(LocalDay day) => QueueInterval.StartOf(day.Start) is var start && start == day.Start ? start : start + QueueInterval.Length;
}
