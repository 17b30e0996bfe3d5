using System.Collections.Concurrent;
using System.Diagnostics;
using Five9Functions.Telemetry;

namespace Five9Functions.Tests.Telemetry;

/// <summary>The spans of one integration, and what is done within them, in whatever trace; those of a dead instance die with it.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ActivityListener _listener;
    private readonly ConcurrentQueue<Activity> _ended = new();
    private readonly ConcurrentDictionary<ActivityTraceId, bool> _traces = new();

    public RecordedSpans(string integration)
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Traces.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
            {
                if (options.Tags?.Any(tag => tag is { Key: "Integration", Value: string id } && id == integration) == true)
                {
                    _traces.TryAdd(options.TraceId, true);
                }

                return _traces.ContainsKey(options.TraceId) ? ActivitySamplingResult.AllDataAndRecorded : ActivitySamplingResult.None;
            },
            ActivityStopped = span =>
            {
                // What other tests listen to is told here, too.
                if (!IsDead && _traces.ContainsKey(span.TraceId))
                {
                    _ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>From a kill until another instance lives.</summary>
    public bool IsDead { get; set; }

    public IReadOnlyList<Activity> Ended => [.. _ended];

    public void Dispose() => _listener.Dispose();
}
