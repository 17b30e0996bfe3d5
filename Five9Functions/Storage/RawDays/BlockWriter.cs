using CsvHelper;

namespace Five9Functions.Storage.RawDays;

/// <summary>Writes CSV records into blocks of a raw day's blob, one block in memory at a time; a record is never cut.</summary>
/// <param name="committed">The blocks that are stored already, by the hash of their content: they are not sent again.</param>
/// <param name="header">Stands above the first record of the first block; without records there is no block.</param>
internal sealed class BlockWriter(RawDayBlob blob, IReadOnlyDictionary<string, StoredBlock> committed, IReadOnlyList<string> header) : IDisposable
{
    /// <summary>Uncompressed, so a block is well below 4 MiB once compressed, and so is what a reader holds of each day.</summary>
    private const int BlockBytes = 2 * 1024 * 1024;

    private readonly List<StoredBlock> _blocks = [];
    private readonly MemoryStream _content = new();
    private CsvWriter? _csv;

    public async ValueTask WriteAsync<TState>(TState state, Action<CsvWriter, TState> write, CancellationToken cancellationToken)
    {
        if (_csv is null)
        {
            _csv = RawDayCsv.Writer(_content);
            if (_blocks.Count == 0)
            {
                RawDayCsv.Write(_csv, header);
            }
        }

        write(_csv, state);
        if (_content.Length >= BlockBytes)
        {
            await StageAsync(cancellationToken);
        }
    }

    /// <summary>Stages what is left and returns all blocks in their order.</summary>
    public async Task<IReadOnlyList<StoredBlock>> CompleteAsync(CancellationToken cancellationToken)
    {
        if (_csv is not null)
        {
            await StageAsync(cancellationToken);
        }

        return _blocks;
    }

    public void Dispose()
    {
        _csv?.Dispose();
        _content.Dispose();
    }

    private async Task StageAsync(CancellationToken cancellationToken)
    {
        _csv!.Dispose();
        _csv = null;
        var content = _content.GetBuffer().AsMemory(0, (int)_content.Length);
        _blocks.Add(committed.TryGetValue(RawDayBlob.Hash(content), out var stored) ? stored : await blob.StageAsync(content, cancellationToken));
        _content.SetLength(0);
    }
}
