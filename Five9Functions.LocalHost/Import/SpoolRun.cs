using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Five9Functions.LocalHost.Import;

/// <summary>Reads one sorted run of a <see cref="SortedSpool"/>; many are read side by side, so each holds little.</summary>
internal sealed class SpoolRun(SafeFileHandle file, long from, long to, int fields)
{
    private byte[] _buffer = new byte[4096];
    private long _next = from;
    private int _used;
    private int _filled;

    /// <summary>Those of the present record.</summary>
    public string[] Fields { get; } = new string[fields];

    public bool MoveNext()
    {
        if (_next == to && _used == _filled)
        {
            return false;
        }

        for (var i = 0; i < Fields.Length; i++)
        {
            var length = BinaryPrimitives.ReadInt32LittleEndian(Take(sizeof(int)));
            Fields[i] = Encoding.UTF8.GetString(Take(length));
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_filled - _used < count)
        {
            Fill(count);
        }

        _used += count;
        return _buffer.AsSpan(_used - count, count);
    }

    private void Fill(int count)
    {
        var left = _buffer.AsSpan(_used, _filled - _used);
        var buffer = count <= _buffer.Length ? _buffer : new byte[count];
        left.CopyTo(buffer);
        (_buffer, _used, _filled) = (buffer, 0, left.Length);
        while (_filled < count)
        {
            var most = (int)Math.Min(_buffer.Length - _filled, to - _next);
            var read = RandomAccess.Read(file, _buffer.AsSpan(_filled, most), _next);
            if (read == 0)
            {
                throw new EndOfStreamException("A temporary file of the import is shorter than what was written to it: is the disk full?");
            }

            _next += read;
            _filled += read;
        }
    }
}
