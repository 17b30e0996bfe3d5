using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage;

/// <summary>
/// The block blob of one raw day: gzip members one after the other (header, quarantined rows, rows), so that zcat shows it whole.
/// Every read is of one version and every write is atomic, both by the ETag.
/// </summary>
internal sealed class RawDayBlob(BlobContainerClient container, RawDayId id)
{
    private const string HeaderLength = "headerLength";
    private const int Tries = 5;

    private readonly BlockBlobClient _blob = container.GetBlockBlobClient(
        $"{(id.CopyOf is null ? $"{id.Integration}/" : CopiesOf(id.Integration, id.CopyOf))}{id.Report}/{id.Date:uuuu-MM-dd}.gz");

    public RawDayId Id => id;

    /// <summary>What the names of a run's copies begin with.</summary>
    public static string CopiesOf(string integration, string run) => $"{integration}/runs/{run}/";

    /// <summary>Two small requests; no rows are downloaded.</summary>
    public async Task<StoredRawDay> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await TryReadHeaderAsync(cancellationToken);
            }
            catch (RawDayChangedException) when (attempt < Tries)
            {
                // A landing came between the two requests: the next try reads what it wrote.
            }
        }
    }

    public static string Hash(ReadOnlyMemory<byte> bytes) => Convert.ToBase64String(SHA256.HashData(bytes.Span));

    /// <exception cref="RawDayChangedException">The blob is no longer the one with this ETag.</exception>
    public async Task<Stream> ReadBlockAsync(long offset, int length, ETag etag, CancellationToken cancellationToken)
    {
        var bytes = await DownloadAsync(offset, length, etag, cancellationToken);
        return new GZipStream(bytes.ToStream(), CompressionMode.Decompress);
    }

    /// <summary>Makes another blob, which must not exist, of this one as it was read; a block at a time.</summary>
    /// <exception cref="RawDayChangedException">This one has changed, or the other exists by now.</exception>
    public async Task CopyAsync(StoredRawDay day, RawDayBlob copy, CancellationToken cancellationToken)
    {
        long offset = day.HeaderLength;
        foreach (var block in day.QuarantinedBlocks.Concat(day.RowBlocks))
        {
            var bytes = await DownloadAsync(offset, block.Length, day.ETag!.Value, cancellationToken);
            await copy._blob.StageBlockAsync(block.Id, bytes.ToStream(), cancellationToken: cancellationToken);
            offset += block.Length;
        }

        await copy.CommitAsync(StoredRawDay.None(copy.Id), day, cancellationToken);
    }

    /// <summary>Compresses and stages a block; it counts only once it is committed.</summary>
    public async Task<StoredBlock> StageAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            await gzip.WriteAsync(content, cancellationToken);
        }

        compressed.Position = 0;
        var bytes = compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
        var block = new StoredBlock(Hash(bytes), bytes.Length, Hash(content));
        await _blob.StageBlockAsync(block.Id, compressed, cancellationToken: cancellationToken);
        return block;
    }

    /// <exception cref="RawDayChangedException">Another writer was faster than this one, which began with <paramref name="before"/>.</exception>
    public async Task CommitAsync(StoredRawDay before, StoredRawDay after, CancellationToken cancellationToken)
    {
        var header = await StageAsync(RawDayJson.Write(after), cancellationToken);
        var blocks = after.QuarantinedBlocks.Concat(after.RowBlocks).Select(b => b.Id).Prepend(header.Id);
        var options = new CommitBlockListOptions
        {
            Conditions = before.ETag is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All },
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/gzip" },
            Metadata = Metadata(after, header.Length),
        };
        try
        {
            await _blob.CommitBlockListAsync(blocks, options, cancellationToken);
        }
        catch (RequestFailedException e) when ((e.Status is 409 or 412 && e.ErrorCode != BlobErrorCode.ContainerBeingDeleted) || e.ErrorCode == BlobErrorCode.InvalidBlockList || e.ErrorCode == BlobErrorCode.BlobNotFound)
        {
            // A commit throws away what others have staged, so a lost race can also show as a missing block.
            throw new RawDayChangedException(id, e);
        }
    }

    public Task DeleteAsync(CancellationToken cancellationToken) => _blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);

    private async Task<BinaryData> DownloadAsync(long offset, int length, ETag etag, CancellationToken cancellationToken)
    {
        try
        {
            var options = new BlobDownloadOptions { Range = new HttpRange(offset, length), Conditions = new BlobRequestConditions { IfMatch = etag } };
            BlobDownloadResult result = await _blob.DownloadContentAsync(options, cancellationToken);
            return result.Content;
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412 or 416)
        {
            throw new RawDayChangedException(id, e);
        }
    }

    private async Task<StoredRawDay> TryReadHeaderAsync(CancellationToken cancellationToken)
    {
        BlobProperties properties;
        try
        {
            properties = await _blob.GetPropertiesAsync(cancellationToken: cancellationToken);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return StoredRawDay.None(id);
        }

        var length = int.Parse(properties.Metadata[HeaderLength], System.Globalization.CultureInfo.InvariantCulture);
        await using var line = await ReadBlockAsync(0, length, properties.ETag, cancellationToken);
        using var json = new MemoryStream();
        await line.CopyToAsync(json, cancellationToken);
        return RawDayJson.Read(id, json.GetBuffer().AsSpan(0, (int)json.Length)) with { HeaderLength = length, ETag = properties.ETag };
    }

    // For people and tools that list blobs; the program itself needs only the length of the header.
    private static Dictionary<string, string> Metadata(StoredRawDay day, int headerLength) => new()
    {
        ["version"] = FormattableString.Invariant($"{day.Header.Version}"),
        ["latestEnd"] = day.Header.LatestEnd == Instant.MinValue ? "none" : InstantPattern.ExtendedIso.Format(day.Header.LatestEnd),
        [HeaderLength] = FormattableString.Invariant($"{headerLength}"),
        ["quarantinedLength"] = FormattableString.Invariant($"{day.QuarantinedBlocks.Sum(b => (long)b.Length)}"),
        ["rowsLength"] = FormattableString.Invariant($"{day.RowBlocks.Sum(b => (long)b.Length)}"),
    };
}
