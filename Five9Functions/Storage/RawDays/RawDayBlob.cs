using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Blobs.Specialized;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage.RawDays;

/// <summary>
/// The block blob of one raw day: gzip members one after the other (header, quarantined rows, rows), so that zcat shows it whole.
/// Every read is of one version and every write is atomic, both by the ETag.
/// </summary>
internal sealed class RawDayBlob(BlobContainerClient container, RawDayId id)
{
    private const string HeaderLength = "headerLength";
    private const string Version = "version";

    /// <summary>Stands in the name of a blob that was set aside: after the date, so that the name comes and goes with those of the day.</summary>
    private const string Aside = ".damaged-";

    private const int Tries = 5;

    private readonly BlockBlobClient _blob = container.GetBlockBlobClient(BaseName(id) + ".gz");

    public RawDayId Id => id;

    private string Name => $"{container.Name}/{BaseName(id)}.gz";

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

    /// <exception cref="RawDayChangedException">The blob is no longer the one that was read.</exception>
    /// <exception cref="RawDayDamagedException">These are not the bytes that were written.</exception>
    public async Task<Stream> ReadBlockAsync(StoredRawDay day, long offset, StoredBlock block, CancellationToken cancellationToken)
    {
        var bytes = await DownloadAsync(day, offset, block, cancellationToken);
        return new GZipStream(bytes.ToStream(), CompressionMode.Decompress);
    }

    /// <summary>What a read of this version that cannot go on throws.</summary>
    /// <param name="what">What is wrong, without a value of a row.</param>
    public RawDayDamagedException Damaged(StoredRawDay day, string what) => new(id, Name, what, day.ETag!.Value) { Stored = day };

    /// <summary>Makes another blob, which must not exist, of this one as it was read; a block at a time.</summary>
    /// <exception cref="RawDayChangedException">This one has changed, or the other exists by now.</exception>
    public async Task CopyAsync(StoredRawDay day, RawDayBlob copy, CancellationToken cancellationToken)
    {
        long offset = day.HeaderLength;
        foreach (var block in day.QuarantinedBlocks.Concat(day.RowBlocks))
        {
            var bytes = await DownloadAsync(day, offset, block, cancellationToken);
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

    public async Task DeleteAsync(CancellationToken cancellationToken)
    {
        await _blob.DeleteIfExistsAsync(cancellationToken: cancellationToken);
        await foreach (var aside in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, BaseName(id) + Aside, cancellationToken))
        {
            await container.DeleteBlobIfExistsAsync(aside.Name, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Copies a damaged version, as it is and with its metadata, to a name beside it that is deleted with the day and with the integration.</summary>
    /// <returns>A raw day that holds nothing yet, to be written in place of the damaged version: later than it, and with its reach.</returns>
    /// <exception cref="RawDayChangedException">The blob is another one by now.</exception>
    public async Task<StoredRawDay> SetAsideAsync(RawDayDamagedException damaged, CancellationToken cancellationToken)
    {
        try
        {
            var conditions = new BlobRequestConditions { IfMatch = damaged.ETag };
            BlobDownloadResult read = await _blob.DownloadContentAsync(new BlobDownloadOptions { Conditions = conditions }, cancellationToken); // compressed, a day is some megabytes

            // The name follows from the version, so an instance that dies here leaves nothing that a repetition does not overwrite.
            var aside = container.GetBlockBlobClient($"{BaseName(id)}{Aside}{string.Concat(damaged.ETag.ToString().Where(char.IsAsciiLetterOrDigit))}.gz");
            await aside.UploadAsync(read.Content.ToStream(), new BlobUploadOptions { Metadata = read.Details.Metadata, HttpHeaders = new BlobHttpHeaders { ContentType = "application/gzip" } }, cancellationToken);
            return BegunAnew(damaged, read.Details.Metadata);
        }
        catch (RequestFailedException e) when (e.Status is 404 or 412)
        {
            throw new RawDayChangedException(id, e);
        }
    }

    private StoredRawDay BegunAnew(RawDayDamagedException damaged, IDictionary<string, string> metadata)
    {
        var none = StoredRawDay.None(id);
        var version = damaged.Stored?.Header.Version ?? (long.TryParse(metadata.TryGetValue(Version, out var text) ? text : "", NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0);

        // Where nothing tells how far its rows reached, as far as any row can.
        return none with { Header = none.Header with { Version = version }, Reach = damaged.Stored?.Reach ?? LongestReach(id.Date), ETag = damaged.ETag };
    }

    private static Instant LongestReach(LocalDate date) => date.PlusDays(8).AtMidnight().InUtc().ToInstant();

    private static string BaseName(RawDayId id) => $"{(id.CopyOf is null ? $"{id.Integration}/" : CopiesOf(id.Integration, id.CopyOf))}{id.Report}/{id.Date:uuuu-MM-dd}";

    private async Task<BinaryData> DownloadAsync(StoredRawDay day, long offset, StoredBlock block, CancellationToken cancellationToken)
    {
        var content = await DownloadAsync(offset, block.Length, day.ETag!.Value, cancellationToken);

        // The id of a block is the hash of its bytes.
        return Hash(content) == block.Id ? content : throw Damaged(day, $"{block.Length} bytes from byte {offset} on are not those that were written");
    }

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

        var length = LengthOfHeader(properties);
        var line = await DownloadAsync(0, length, properties.ETag, cancellationToken);
        StoredRawDay day;
        try
        {
            day = RawDayJson.Read(id, Decompressed(line).Span) with { HeaderLength = length, ETag = properties.ETag };
        }
        catch (Exception e) when (e is not InvalidDataException)
        {
            throw Damaged(properties, $"its first {length} bytes are not the header of this raw day ({e.GetType().Name})");
        }

        return day.Length == properties.ContentLength ? day : throw Damaged(properties, $"it has {properties.ContentLength} bytes, and by its header {day.Length}");
    }

    private static ReadOnlyMemory<byte> Decompressed(BinaryData compressed)
    {
        using var gzip = new GZipStream(compressed.ToStream(), CompressionMode.Decompress);
        using var content = new MemoryStream();
        try
        {
            gzip.CopyTo(content);
        }
        catch (InvalidDataException e)
        {
            throw new FormatException("It is no gzip.", e); // the other one is of a newer version, which is no damage
        }

        return content.GetBuffer().AsMemory(0, (int)content.Length);
    }

    private int LengthOfHeader(BlobProperties properties) => !properties.Metadata.TryGetValue(HeaderLength, out var text) ? throw Damaged(properties, $"its metadata {HeaderLength} is gone")
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length > 0 && length <= properties.ContentLength ? length
        : throw Damaged(properties, $"its metadata {HeaderLength} is no length within its {properties.ContentLength} bytes");

    private RawDayDamagedException Damaged(BlobProperties properties, string what) => new(id, Name, what, properties.ETag);

    // For people and tools that list blobs; the program itself needs only the length of the header.
    private static Dictionary<string, string> Metadata(StoredRawDay day, int headerLength) => new()
    {
        [Version] = FormattableString.Invariant($"{day.Header.Version}"),
        ["latestEnd"] = day.Header.LatestEnd == Instant.MinValue ? "none" : InstantPattern.ExtendedIso.Format(day.Header.LatestEnd),
        [HeaderLength] = FormattableString.Invariant($"{headerLength}"),
        ["quarantinedLength"] = FormattableString.Invariant($"{day.QuarantinedBlocks.Sum(b => (long)b.Length)}"),
        ["rowsLength"] = FormattableString.Invariant($"{day.RowBlocks.Sum(b => (long)b.Length)}"),
    };
}
