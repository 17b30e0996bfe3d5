namespace Five9Functions.Imports;

/// <summary>
/// How many downloads of a queue this instance works on. A download can take minutes, and the host gives an instance only a few messages of a
/// queue at a time: without a limit, slow hosts would take them all. Slices whose host was slow before have only half of the slots: a slice at its
/// first download would else wait for the luck of finding a free slot among them.
/// </summary>
public sealed class DownloadSlots
{
    /// <summary>Two less than the messages of a queue that host.json lets an instance work on: the short steps always find room.</summary>
    public const int Max = 4;

    /// <summary>How many of the slots slices can have whose earlier download was too slow.</summary>
    public const int MaxSlow = 2;

    /// <summary>When a message that found no slot comes back.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, (int Taken, int Slow)> _queues = new(StringComparer.Ordinal);

    /// <param name="queue">The queue of the slice's report.</param>
    /// <param name="slow">Whether an earlier download of the slice was too slow.</param>
    /// <returns>To be disposed when the download is done; null when no slot is free.</returns>
    public IDisposable? TryTake(string queue, bool slow = false)
    {
        lock (_lock)
        {
            var (taken, slowTaken) = _queues.GetValueOrDefault(queue);
            if (taken == Max || (slow && slowTaken == MaxSlow))
            {
                return null;
            }

            _queues[queue] = (taken + 1, slowTaken + (slow ? 1 : 0));
            return new Slot(this, queue, slow);
        }
    }

    private void Release(string queue, bool slow)
    {
        lock (_lock)
        {
            var (taken, slowTaken) = _queues[queue];
            _queues[queue] = (taken - 1, slowTaken - (slow ? 1 : 0));
        }
    }

    private sealed class Slot(DownloadSlots slots, string queue, bool slow) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                slots.Release(queue, slow);
            }
        }
    }
}
