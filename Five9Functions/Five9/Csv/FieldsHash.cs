using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Five9Functions.Five9.Csv;

/// <summary>Fields in 128 bits: equal fields in equal order have one hash, on any machine, and others another one.</summary>
internal sealed class FieldsHash
{
    private readonly ArrayBufferWriter<byte> _text = new(1024);

    public void Append(ReadOnlySpan<byte> field)
    {
        // With the length, no two lists of fields run together to the same text.
        BinaryPrimitives.WriteInt32LittleEndian(_text.GetSpan(sizeof(int)), field.Length);
        _text.Advance(sizeof(int));
        _text.Write(field);
    }

    /// <summary>The hash of what was appended, and begins anew.</summary>
    public UInt128 Take()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(_text.WrittenSpan, hash);
        _text.ResetWrittenCount();
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
