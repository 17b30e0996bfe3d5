using Azure.Storage.Blobs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>
/// What an import leaves, as text, to be compared with what an undisturbed one leaves: the timelines, what is known about each
/// day, the rows of the raw days. Left out is what tells when something was done, not what came of it: Timestamp and ETag; the
/// instants at which reports were run (after a kill a report may be run again, later) and so the raw days' versions and the manifests'
/// inputs, which are ticks of the clock; where the ledger is cut, which follows from when which slice was read; and the days without
/// rows, of which there are more the later it is. A quarantined row's line is its place in one report, so it is left out as well.
/// </summary>
internal static class StorageSnapshot
{
    private static readonly string[] Instants = ["odata.etag", "Timestamp", "LandedVersion", "NormalizedVersion", "Inputs", "Windows"];

    public static async Task<IReadOnlyList<string>> TakeAsync(string connectionString, CancellationToken cancellationToken) =>
    [
        .. await TableText.ReadAsync(connectionString, "AgentStates", column => !Instants.Contains(column), cancellationToken),
        .. (await TableText.ReadAsync(connectionString, "ReportDays", column => !Instants.Contains(column), cancellationToken)).Where(day => !day.Contains("RowsHeld=0 ", StringComparison.Ordinal)),
        .. await RawDaysAsync(connectionString, cancellationToken),
    ];

    /// <summary>The raw days that there are.</summary>
    public static async Task<IReadOnlyList<RawDayReader>> OpenRawDaysAsync(string connectionString, CancellationToken cancellationToken)
    {
        var blobs = new BlobServiceClient(connectionString);
        var rawDays = new RawDayStore(blobs, TimeProvider.System);
        var readers = new List<RawDayReader>();
        await foreach (var blob in blobs.GetBlobContainerClient(StorageLayout.RawDays).GetBlobsAsync(cancellationToken: cancellationToken))
        {
            var parts = blob.Name.Split('/', '.');
            readers.Add(await rawDays.OpenAsync(new RawDayId(parts[0], parts[1], LocalDatePattern.Iso.Parse(parts[2]).Value), cancellationToken));
        }

        return readers;
    }

    private static async Task<IReadOnlyList<string>> RawDaysAsync(string connectionString, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        foreach (var day in await OpenRawDaysAsync(connectionString, cancellationToken))
        {
            var name = $"{day.Header.Id.Integration} {day.Header.Id.Report} {LocalDatePattern.Iso.Format(day.Header.Id.Date)}";
            await foreach (var row in day.RowsAsync(cancellationToken))
            {
                lines.Add($"{name}: {row.Start} {string.Join(',', row.Columns.Names.Zip(row.Values, (column, value) => $"{column}={value}").Order(StringComparer.Ordinal))}");
            }

            var quarantined = await day.QuarantinedAsync(cancellationToken).Select(q => $"{name}: {q.At} quarantined: {q.Reason} {q.Raw}").ToListAsync(cancellationToken);
            lines.AddRange(quarantined.Order(StringComparer.Ordinal));
        }

        return lines;
    }
}
