using NodaTime;

namespace Five9Functions.Storage.RawDays;

/// <summary>Finds the span that an instant lies in, among disjoint half-open spans ordered by their start.</summary>
internal sealed class Spans
{
    private readonly Instant[] _from;
    private readonly Instant[] _to;

    public Spans(IEnumerable<(Instant From, Instant To)> spans)
    {
        var all = spans.ToList();
        _from = [.. all.Select(s => s.From)];
        _to = [.. all.Select(s => s.To)];
    }

    public static Spans Of(IEnumerable<LedgerWindow> windows) => new(windows.Select(w => (w.From, w.To)));

    public static Spans Of(IEnumerable<LedgerPart> parts) => new(parts.Select(p => (p.From, p.To)));

    /// <summary>The index of the span, or -1.</summary>
    public int IndexOf(Instant instant)
    {
        var found = Array.BinarySearch(_from, instant);
        var index = found >= 0 ? found : ~found - 1;
        return index >= 0 && instant < _to[index] ? index : -1;
    }

    public bool Contain(Instant instant) => IndexOf(instant) >= 0;
}
