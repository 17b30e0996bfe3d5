using Five9Functions.Calls;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>A queue that the imported calls name.</summary>
/// <param name="FirstSeen">The start of its first leg.</param>
/// <param name="LastSeen">The start of its last leg.</param>
internal sealed record ImportedQueue(string Name, QueueGrouping Kind, Instant FirstSeen, Instant LastSeen);

/// <summary>A queue as a line of queues.csv.</summary>
internal static class QueueFields
{
    public static readonly string[] Names = ["queue", "kind", "firstSeen", "lastSeen"];

    public static string[] Of(ImportedQueue queue) =>
        [queue.Name, queue.Kind == QueueGrouping.Skill ? "skill" : "campaign", InstantPattern.General.Format(queue.FirstSeen), InstantPattern.General.Format(queue.LastSeen)];
}
