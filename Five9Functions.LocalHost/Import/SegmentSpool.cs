using Five9Functions.AgentStates;

namespace Five9Functions.LocalHost.Import;

/// <summary>The lines of agent-states.csv until all are known: sorted by agent, and by start because the days come in order.</summary>
internal sealed class SegmentSpool(DirectoryInfo folder) : IDisposable
{
    private readonly SortedSpool _segments = new(folder, "agent-states.csv", keys: 1);

    public int Count => _segments.Count;

    /// <summary>Adds the segments of one local day, no day before one that was added earlier.</summary>
    /// <param name="segments">Sorted runs of agents (ordinal) and their starts, one after the other.</param>
    public async Task AddAsync(IAsyncEnumerable<Segment> segments, CancellationToken cancellationToken)
    {
        await foreach (var segment in segments.WithCancellation(cancellationToken))
        {
            _segments.Add(SegmentFields.Of(segment));
        }
    }

    /// <summary>The fields of all segments, by agent (ordinal), then start. The array is used again for the next one.</summary>
    public IEnumerable<string[]> Merge() => _segments.Merge();

    public void Dispose() => _segments.Dispose();
}
