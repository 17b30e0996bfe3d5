using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>Where a record lies in a file, and the start that selects it: 24 bytes.</summary>
/// <param name="Start">Seconds since 1970; of the nearest readable record before it (else after it) when its own is unreadable.</param>
internal readonly record struct IndexedRecord(long Start, long Offset, int Length, int Line);

/// <summary>The records of a report file in file order, and the local days that they touch.</summary>
internal sealed class ReportFileIndex(DateTimeZone zone)
{
    private const int ChunkSize = 16 * 1024;

    // Chunks: a list that grows by doubling would for a moment need three times its size.
    private readonly List<IndexedRecord[]> _chunks = [];
    private readonly SortedSet<LocalDate> _days = [];
    private (LocalDate First, LocalDate Last) _latestTouched;
    private long? _latestReadable;

    /// <summary>Null when the file holds no record at all.</summary>
    public IndexedRecord? Header { get; set; }

    public int Count { get; private set; }

    /// <summary>False when nothing in the file says when a record starts: then there is nothing to select by.</summary>
    public bool HasStarts => _latestReadable is not null;

    public Instant? NewestInstant { get; private set; }

    /// <summary>In order.</summary>
    public IReadOnlyCollection<LocalDate> Days => _days;

    private ref IndexedRecord this[int i] => ref _chunks[i / ChunkSize][i % ChunkSize];

    public IEnumerable<IndexedRecord> Records()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return this[i];
        }
    }

    /// <summary>Adds a record whose start was read.</summary>
    /// <param name="seconds">How long its state lasted, when that was readable too.</param>
    public void Add(long offset, int length, int line, Instant start, long? seconds)
    {
        if (!HasStarts)
        {
            // The ones before it have nobody else to go with.
            for (var i = 0; i < Count; i++)
            {
                this[i] = this[i] with { Start = start.ToUnixTimeSeconds() };
            }
        }

        _latestReadable = start.ToUnixTimeSeconds();
        AddUnreadable(offset, length, line);
        Touch(start, start + Duration.FromSeconds(seconds ?? 0));
    }

    public void AddUnreadable(long offset, int length, int line)
    {
        if (Count % ChunkSize == 0)
        {
            _chunks.Add(new IndexedRecord[ChunkSize]);
        }

        this[Count++] = new IndexedRecord(_latestReadable ?? 0, offset, length, line);
    }

    private void Touch(Instant start, Instant end)
    {
        var first = start.InZone(zone).Date;

        // An end at midnight sharp is the day before's.
        var last = end > start ? (end - Duration.Epsilon).InZone(zone).Date : first;
        if (_latestTouched != (first, last))
        {
            _latestTouched = (first, last);
            for (var date = first; date <= last; date = date.PlusDays(1))
            {
                _days.Add(date);
            }
        }

        NewestInstant = NewestInstant is { } newest ? Instant.Max(newest, end) : end;
    }
}
