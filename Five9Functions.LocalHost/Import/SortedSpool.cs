using System.Buffers.Binary;
using System.Text;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Records on disk, in sorted runs, until all are known and can be merged: what a large file comes to is never in memory.
/// The file has a temporary name and goes with this object; what a killed process left is overwritten by the next one.
/// </summary>
/// <param name="folder">Where the result will be.</param>
/// <param name="name">Of the file that the records are for.</param>
/// <param name="keys">By how many of its first fields a record is sorted (ordinal).</param>
/// <exception cref="IOException">The file cannot be made, or another import is writing to the folder.</exception>
internal sealed class SortedSpool(DirectoryInfo folder, string name, int keys) : IDisposable
{
    private readonly List<(long From, long To)> _runs = [];
    private readonly FileStream _file = new(
        Path.Combine(folder.FullName, $"{name}.spool"), FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 64 * 1024, FileOptions.DeleteOnClose);

    private string[] _previous = [];

    public int Count { get; private set; }

    /// <summary>Adds a record; one that sorts before the one before it begins another run, so mostly they should come in order.</summary>
    /// <param name="fields">As many as in every other record.</param>
    public void Add(string[] fields)
    {
        if (_runs.Count == 0 || Compare(fields, _previous) < 0)
        {
            _runs.Add((_file.Position, _file.Position));
        }

        Write(fields);
        _runs[^1] = (_runs[^1].From, _file.Position);
        _previous = fields;
        Count++;
    }

    /// <summary>The fields of all records by their keys, and as they were added where keys are the same. The array is used again for the next one.</summary>
    public IEnumerable<string[]> Merge()
    {
        _file.Flush();
        var open = new PriorityQueue<SpoolRun, (string[] Fields, int Run)>(Comparer<(string[] Fields, int Run)>.Create((a, b) =>
            Compare(a.Fields, b.Fields) is var order and not 0 ? order : a.Run.CompareTo(b.Run)));
        for (var i = 0; i < _runs.Count; i++)
        {
            Enqueue(new SpoolRun(_file.SafeFileHandle, _runs[i].From, _runs[i].To, _previous.Length), i);
        }

        // Fields of a run change while it is out of the queue only, so they can be its place in it.
        while (open.TryDequeue(out var run, out var key))
        {
            yield return run.Fields;
            Enqueue(run, key.Run);
        }

        void Enqueue(SpoolRun run, int index)
        {
            if (run.MoveNext())
            {
                open.Enqueue(run, (run.Fields, index));
            }
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The order of records, for those who sort some before they add them.</summary>
    public int Compare(string[] a, string[] b)
    {
        var order = 0;
        for (var i = 0; i < keys && order == 0; i++)
        {
            order = string.CompareOrdinal(a[i], b[i]);
        }

        return order;
    }

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
