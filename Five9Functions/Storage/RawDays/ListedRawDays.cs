using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage;

/// <summary>
/// Opens days that lie beside each other: one request lists those of a month, and only the headers of those that matter are read. Asking
/// for each day alone takes two requests for every one that is there, and one for every one that is not.
/// </summary>
internal sealed class ListedRawDays(BlobContainerClient container)
{
    /// <param name="days">Each with the blobs that may hold it: the first that there is does.</param>
    /// <param name="wanted">Whether a day that is there matters, by its date and the latest end of its rows.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Those that are there and wanted, in the order of <paramref name="days"/>.</returns>
    /// <exception cref="RawDayChangedException">One was changed meanwhile: begin again.</exception>
    public async Task<IReadOnlyList<RawDayReader>> OpenAsync(IReadOnlyList<IReadOnlyList<RawDayBlob>> days, Func<LocalDate, Instant, bool> wanted, CancellationToken cancellationToken)
    {
        var there = await ListAsync(days.SelectMany(blobs => blobs).Select(blob => blob.NamesOfMonth).ToHashSet(), cancellationToken);
        return await Task.WhenAll(days
            .Select(blobs => blobs.FirstOrDefault(blob => there.ContainsKey(blob.Name)))
            .OfType<RawDayBlob>()
            .Where(blob => wanted(blob.Id.Date, LatestEnd(there[blob.Name])))
            .Select(async blob => new RawDayReader(blob, await blob.ReadHeaderAsync(there[blob.Name], cancellationToken))));
    }

    private static Instant LatestEnd(BlobItem blob) => blob.Metadata[RawDayBlob.LatestEnd] is RawDayBlob.NoEnd ? Instant.MinValue : InstantPattern.ExtendedIso.Parse(blob.Metadata[RawDayBlob.LatestEnd]).Value;

    private async Task<Dictionary<string, BlobItem>> ListAsync(IReadOnlyCollection<string> prefixes, CancellationToken cancellationToken)
    {
        var lists = await Task.WhenAll(prefixes.Select(async prefix =>
        {
            try
            {
                return await container.GetBlobsAsync(BlobTraits.Metadata, BlobStates.None, prefix, cancellationToken).ToListAsync(cancellationToken);
            }
            catch (RequestFailedException e) when (e.ErrorCode == BlobErrorCode.ContainerNotFound)
            {
                return [];
            }
        }));
        return lists.SelectMany(list => list).ToDictionary(blob => blob.Name, StringComparer.Ordinal);
    }
}
