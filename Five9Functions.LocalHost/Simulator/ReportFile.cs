using System.Text;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// A report that a person exported, served as it stands: the header line first, then the raw records that start in the window, in
/// file order. A record whose start cannot be read, or that is broken CSV, goes with the nearest readable one before it, else after
/// it. If no start can be read at all, every record is in every window. UTF-8; a byte order mark is left out. The file stays on
/// disk: 24 bytes of each record are kept, and it must not change meanwhile.
/// </summary>
public sealed class ReportFile : IReportSource
{
    private readonly string _path;
    private readonly ReportFileIndex _index;

    /// <param name="zone">The zone of the file's times.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <param name="dates">Which number of a date is the day where the year stands last; null: such a start cannot be read.</param>
    public ReportFile(string path, DateTimeZone zone, DateOrder? dates = null)
    {
        _path = path;
        using var file = Open(path);
        _index = ReportFileScan.Of(file, zone, dates);
        Header = _index.Header is { } header ? Bytes(file, header).ToArray() : default;
    }

    public ReadOnlyMemory<byte> Header { get; }

    /// <summary>When each record starts, as the window of a report selects it, in file order; nothing when no start can be read at all.</summary>
    internal IEnumerable<Instant> Starts => _index.HasStarts ? _index.Records().Select(record => Instant.FromUnixTimeSeconds(record.Start)) : [];

    /// <summary>The latest start or end in the file; null when no start could be read.</summary>
    public Instant? NewestInstant => _index.NewestInstant;

    /// <summary>
    /// The local days that rows touch, in order. A row without a readable length touches the day of its start, one that ends at local
    /// midnight not the day that begins there, one without a readable start none.
    /// </summary>
    public IReadOnlyCollection<LocalDate> Days => _index.Days;

    /// <summary>How many records the file holds, broken ones included, the header not.</summary>
    public int Count => _index.Count;

    public IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf)
    {
        using var file = Open(_path);
        var buffer = new byte[4096];
        foreach (var record in _index.Records())
        {
            if (!_index.HasStarts || window.Contains(Instant.FromUnixTimeSeconds(record.Start)))
            {
                yield return Bytes(file, record, ref buffer);
            }
        }
    }

    /// <summary>Every record in file order, good or broken: the line where it begins (the header is on line 1, mostly), and its text.</summary>
    public IEnumerable<(int Line, string Raw)> Records()
    {
        using var file = Open(_path);
        var buffer = new byte[4096];
        foreach (var record in _index.Records())
        {
            yield return (record.Line, Encoding.UTF8.GetString(Bytes(file, record, ref buffer).Span));
        }
    }

    private static FileStream Open(string path) =>
        new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 64 * 1024, FileOptions.SequentialScan);

    private static ReadOnlyMemory<byte> Bytes(FileStream file, IndexedRecord record)
    {
        var buffer = Array.Empty<byte>();
        return Bytes(file, record, ref buffer);
    }

    private static ReadOnlyMemory<byte> Bytes(FileStream file, IndexedRecord record, ref byte[] buffer)
    {
        if (buffer.Length < record.Length)
        {
            buffer = new byte[record.Length];
        }

        if (file.Position != record.Offset)
        {
            file.Position = record.Offset;
        }

        file.ReadExactly(buffer, 0, record.Length);
        return buffer.AsMemory(0, record.Length);
    }
}
