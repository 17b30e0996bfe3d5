using System.Buffers.Binary;
using System.Text;
using Five9Functions.AgentStates;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Segments on disk, in sorted runs, until all are known and can be merged: the timelines of a large file are never in memory.
/// The file has a temporary name and goes with this object; what a killed process left is overwritten by the next one.
/// </summary>
internal sealed class SegmentSpool : IDisposable
{
    private readonly List<(long From, long To)> _runs = [];
    private readonly FileStream _file;

    /// <exception cref="IOException">The file cannot be made, or another import is writing to the folder.</exception>
    public SegmentSpool(DirectoryInfo folder) => _file = new FileStream(
        Path.Combine(folder.FullName, "agent-states.csv.days"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 64 * 1024, FileOptions.DeleteOnClose);

    public int Count { get; private set; }

    /// <summary>Adds the segments of one local day, no day before one that was added earlier.</summary>
    /// <param name="segments">Sorted runs of agents (ordinal) and their starts, one after the other.</param>
    public async Task AddAsync(IAsyncEnumerable<Segment> segments, CancellationToken cancellationToken)
    {
        string? previous = null;
        await foreach (var segment in segments.WithCancellation(cancellationToken))
        {
            if (previous is null || string.CompareOrdinal(segment.Agent, previous) < 0)
            {
                _runs.Add((_file.Position, _file.Position));
            }

            previous = segment.Agent;
            Write(SegmentFields.Of(segment));

            _runs[^1] = (_runs[^1].From, _file.Position);
            Count++;
        }
    }

    /// <summary>The fields of all segments, by agent (ordinal), then start. The array is used again for the next one.</summary>
    public IEnumerable<string[]> Merge()
    {
        _file.Flush();

        // An agent's segments of one day lie in one run and the days were added in order, so the runs' order is that of the starts.
        var open = new PriorityQueue<SpoolRun, (string Agent, int Run)>(Comparer<(string Agent, int Run)>.Create((a, b) =>
            string.CompareOrdinal(a.Agent, b.Agent) is var order and not 0 ? order : a.Run.CompareTo(b.Run)));
        for (var i = 0; i < _runs.Count; i++)
        {
            var run = new SpoolRun(_file.SafeFileHandle, _runs[i].From, _runs[i].To);
            if (run.MoveNext())
            {
                open.Enqueue(run, (run.Fields[0], i));
            }
        }

        while (open.TryDequeue(out var run, out var key))
        {
            var more = true;
            while (more && run.Fields[0] == key.Agent)
            {
                yield return run.Fields;
                more = run.MoveNext();
            }

            if (more)
            {
                open.Enqueue(run, (run.Fields[0], key.Run));
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private void Write(string[] fields)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        foreach (var field in fields)
        {
            var text = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
            _file.Write(length);
            _file.Write(text);
        }
    }
}
