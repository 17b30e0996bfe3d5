using System.Collections.Concurrent;

namespace Five9Functions.Imports;

/// <summary>
/// How many downloads of a queue this instance works on. A download can take minutes, and the host gives an instance only a few messages of a
/// queue at a time: without a limit, hosts that are slow would take them all.
/// </summary>
public sealed class DownloadSlots
{
    /// <summary>Two less than the messages of a queue that host.json lets an instance work on: the short steps always find room.</summary>
    public const int Max = 4;

    /// <summary>When a message that found no slot comes back.</summary>
    public static readonly TimeSpan Wait = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, SemaphoreSlim> _free = new(StringComparer.Ordinal);

    /// <returns>To be disposed when the download is done; null when none is free.</returns>
    public IDisposable? TryTake(string queue)
    {
        var free = _free.GetOrAdd(queue, _ => new SemaphoreSlim(Max, Max));
        return free.Wait(0) ? new Slot(free) : null;
    }

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                free.Release();
            }
        }
    }
}
