using Five9Functions.Calls;
using Five9Functions.Problems;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>A queue that the imported calls name as a line of queues.csv.</summary>
internal static class QueueFields
{
    public static readonly string[] Names = ["queue", "kind", "firstSeen", "lastSeen"];

    public static string[] Of(QueueSighting queue, QueueGrouping kind) =>
        [queue.Queue, kind.Code(), InstantPattern.General.Format(queue.FirstSeen), InstantPattern.General.Format(queue.LastSeen)];
}
