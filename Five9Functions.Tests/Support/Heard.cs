using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Five9Functions.Tests.Support;

/// <summary>The figures that one app tells of itself from now on, whatever others run beside it.</summary>
internal sealed class Heard : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<(string Name, double Value)> _all = new();

    public Heard(IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>What was added up, by name and tags: <c>import.slices report=calls state=done</c>.</summary>
    public IReadOnlyDictionary<string, double> Sums => _all.GroupBy(one => one.Name).ToDictionary(group => group.Key, group => group.Sum(one => one.Value));

    /// <summary>What was told last, by name and tags.</summary>
    public IReadOnlyDictionary<string, double> Last => _all.GroupBy(one => one.Name).ToDictionary(group => group.Key, group => group.Last().Value);

    public void Dispose() => _listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var name = instrument.Name;
        foreach (var (tag, word) in tags)
        {
            name += $" {tag}={word}";
        }

        _all.Enqueue((name, value));
    }
}
