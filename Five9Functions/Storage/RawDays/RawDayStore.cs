using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Five9Functions.Five9.Reports;
using Five9Functions.Time;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Storage.RawDays;

/// <summary>
/// What Five9 said, kept: one blob for each integration, report and local date in container <c>reports</c>. For each instant the
/// report that was run last wins; landing the same again writes nothing, whatever the order and however often.
/// </summary>
public sealed partial class RawDayStore(BlobServiceClient blobs, TimeProvider time)
{
    private const int Tries = 10;

    private readonly BlobContainerClient _container = blobs.GetBlobContainerClient(StorageLayout.RawDays);

    public static Task EnsureContainerAsync(BlobServiceClient blobs, CancellationToken cancellationToken) =>
        blobs.GetBlobContainerClient(StorageLayout.RawDays).CreateIfNotExistsAsync(cancellationToken: cancellationToken);

    /// <summary>The header; <see cref="RawDayHeader.Empty"/> for a day that was never landed. Downloads no rows.</summary>
    public async Task<RawDayHeader> ReadHeaderAsync(RawDayId id, CancellationToken cancellationToken) =>
        (await OpenAsync(id, cancellationToken)).Header;

    /// <summary>The same, and also empty for a day whose blob cannot be read.</summary>
    public async Task<RawDayHeader> ReadHeaderOrEmptyAsync(RawDayId id, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadHeaderAsync(id, cancellationToken);
        }
        catch (RawDayDamagedException)
        {
            return RawDayHeader.Empty(id);
        }
    }

    /// <summary>Opens the version that is there now.</summary>
    public Task<RawDayReader> OpenAsync(RawDayId id, CancellationToken cancellationToken) => OpenAsync(Blob(id), cancellationToken);

    /// <summary>Keeps a copy of the day for a run, unless it has one: as the day was before the run changed it, even if it was not there.</summary>
    /// <exception cref="RawDayChangedException">Other writers were faster ten times in a row: try again later.</exception>
    public async Task KeepAsync(RawDayId id, string run, CancellationToken cancellationToken)
    {
        var (blob, copy) = (Blob(id), Blob(id with { CopyOf = run }));
        for (var attempt = 1; (await copy.ReadHeaderAsync(cancellationToken)).ETag is null; attempt++)
        {
            try
            {
                await blob.CopyAsync(await blob.ReadHeaderAsync(cancellationToken), copy, cancellationToken);
                return;
            }
            catch (RawDayDamagedException)
            {
                // Nothing of the day can be had any more, so a copy of it holds nothing.
                await blob.CopyAsync(StoredRawDay.None(id), copy, cancellationToken);
                return;
            }
            catch (RawDayChangedException) when (attempt < Tries)
            {
                // A landing came between, or another slice of the run has kept it.
            }
        }
    }

    /// <summary>Removes all copies that a run has of days of an integration.</summary>
    public async Task DeleteCopiesAsync(string integration, string run, CancellationToken cancellationToken)
    {
        await foreach (var blob in _container.GetBlobsAsync(BlobTraits.None, BlobStates.None, RawDayBlob.CopiesOf(integration, run), cancellationToken))
        {
            await _container.DeleteBlobIfExistsAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    /// <summary>Removes the day; nothing happens when it is not there.</summary>
    public Task DeleteAsync(RawDayId id, CancellationToken cancellationToken) => Blob(id).DeleteAsync(cancellationToken);

    /// <summary>Removes whatever there is of an integration, up to so many days.</summary>
    /// <returns>How many were there.</returns>
    public Task<int> DeleteAllAsync(string integration, int most, CancellationToken cancellationToken) => DeleteAsync(Prefix(integration), null, most, cancellationToken);

    /// <summary>Removes the days of a report before a local date, up to so many.</summary>
    /// <inheritdoc cref="DeleteAllAsync" path="/returns"/>
    public Task<int> DeleteBeforeAsync(string integration, string report, LocalDate date, int most, CancellationToken cancellationToken) =>
        DeleteAsync(Prefix(integration, report), date, most, cancellationToken);

    /// <summary>Whether there is a day of a report before a local date.</summary>
    public async Task<bool> AnyBeforeAsync(string integration, string report, LocalDate date, CancellationToken cancellationToken) =>
        await NamesAsync(Prefix(integration, report), date, pageSize: 1, cancellationToken).AnyAsync(cancellationToken);

    /// <summary>
    /// Lands a report's rows in the parts of its window that only older reports (or none) have told. Concurrent landings of one day
    /// are all kept. Safe to repeat: <see cref="LandingResult.LatestEnd"/> covers every row that the day ever had.
    /// </summary>
    /// <exception cref="ArgumentException">A row starts outside the landing's window.</exception>
    /// <exception cref="RawDayChangedException">Other writers were faster ten times in a row: try again later.</exception>
    /// <exception cref="RawDayDamagedException">What is held of the day cannot be read; nothing was changed.</exception>
    public Task<LandingResult> LandAsync(RawDayId id, Landing landing, CancellationToken cancellationToken) => LandAsync(id, landing, lost: null, cancellationToken);

    /// <summary>The same, and a blob that cannot be read is set aside; the day then begins anew with what is landed.</summary>
    /// <param name="lost">What the damaged blob covered, as it was last noted.</param>
    /// <inheritdoc cref="LandAsync(RawDayId, Landing, CancellationToken)"/>
    public Task<LandingResult> LandAnewAsync(RawDayId id, Landing landing, IReadOnlyList<Interval> lost, CancellationToken cancellationToken) => LandAsync(id, landing, lost, cancellationToken);

    private async Task<LandingResult> LandAsync(RawDayId id, Landing landing, IReadOnlyList<Interval>? lost, CancellationToken cancellationToken)
    {
        RequireInside(landing);
        var blob = Blob(id);
        RawDayDamagedException? damaged = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var held = damaged is null ? await OpenAsync(blob, cancellationToken) : await BeginAnewAsync(blob, damaged, lost!, cancellationToken);
                return await TryLandAsync(blob, held, landing, cancellationToken);
            }
            catch (RawDayDamagedException e) when (lost is not null && attempt < Tries)
            {
                damaged = e;
            }
            catch (RawDayChangedException) when (attempt < Tries)
            {
                // Another landing of this day was faster: read what it wrote, merge, write again.
                damaged = null;
            }
        }
    }

    // A run's copy is begun from nothing where the day itself is damaged, which stays as it is: a dry run marks only its own copy.
    private async Task<RawDayReader> BeginAnewAsync(RawDayBlob blob, RawDayDamagedException damaged, IReadOnlyList<Interval> lost, CancellationToken cancellationToken)
    {
        if (damaged.Id != blob.Id)
        {
            return new RawDayReader(Blob(damaged.Id), StoredRawDay.None(damaged.Id));
        }

        var begun = await blob.SetAsideAsync(damaged, cancellationToken);
        return new RawDayReader(blob, begun with { Header = begun.Header with { Awaited = IntervalMath.Merge(lost) } });
    }

    private async Task<RawDayReader> OpenAsync(RawDayBlob blob, CancellationToken cancellationToken)
    {
        var stored = await blob.ReadHeaderAsync(cancellationToken);
        return blob.Id.CopyOf is not null && stored.ETag is null ? await OpenAsync(Blob(blob.Id with { CopyOf = null }), cancellationToken) : new RawDayReader(blob, stored);
    }

    private static void RequireInside(Landing landing)
    {
        var starts = landing.Content.Rows.Select(r => r.Start).Concat(landing.Content.Quarantined.Select(q => q.At));
        if (starts.Where(s => !landing.Window.Contains(s)).Select(s => (Instant?)s).FirstOrDefault() is { } outside)
        {
            throw new ArgumentException($"A row that starts at {outside} was to be landed in {landing.Window}: only rows that start in the window can be landed.", nameof(landing));
        }
    }


    private async Task<LandingResult> TryLandAsync(RawDayBlob blob, RawDayReader held, Landing landing, CancellationToken cancellationToken)
    {
        var before = held.Stored;

        var judged = await HeldRows.JudgeAsync(held, landing, cancellationToken);
        var content = landing.Content;
        var unreadable = content.FirstUnreadable is { } first ? new UnreadableRows(content.Unreadable, first.ToString()) : null;
        var change = Ledger.Land(before.Header.Windows, judged, landing.AsOf, unreadable, landing.LacksSkill);
        if (!Ledger.Same(before.Header.Windows, change.Windows))
        {
            before = await WriteAsync(blob, held, landing.Content, change, cancellationToken);
        }

        return new LandingResult(before.Header.Version, judged.Doubts, before.Reach) { ColumnsGone = judged.ColumnsGone };
    }

    private async Task<StoredRawDay> WriteAsync(
        RawDayBlob blob, RawDayReader held, ReportContent content, LedgerChange change, CancellationToken cancellationToken)
    {
        var before = held.Stored;
        var tally = new LandingTally(before.Header.Windows, change.Windows);
        var merge = new RawDayMerge(blob, held, Spans.Of(change.Replaced), tally);
        var quarantined = await merge.QuarantinedAsync(content.Quarantined, cancellationToken);
        var (columns, rows) = await merge.RowsAsync(content.Rows, cancellationToken);

        var version = before.Header.Version;
        var awaited = Awaited(before.Header, tally.Windows);
        if (version == 0 || before.Header.Windows.Count == 0 || tally.Changed || awaited.Count < before.Header.Awaited.Count || LacksSkill(before.Header.Windows) != LacksSkill(tally.Windows))
        {
            version = Math.Max(version + 1, time.GetUtcNow().UtcTicks);
        }

        var after = new StoredRawDay(
            new RawDayHeader(blob.Id, version, tally.LatestEnd, tally.Rows, tally.Quarantined, tally.Windows) { Awaited = awaited },
            Instant.Max(before.Reach, tally.LatestEnd),
            columns,
            quarantined,
            rows);
        await blob.CommitAsync(held.IsOf(blob) ? before : StoredRawDay.None(blob.Id), after, cancellationToken);
        return after;
    }

    private static IReadOnlyList<Interval> Awaited(RawDayHeader before, IReadOnlyList<LedgerWindow> windows) =>
        before.Awaited.Count == 0 ? [] : IntervalMath.Subtract(before.Awaited, windows.Select(w => new Interval(w.From, w.To)));

    // What can be derived of the same rows depends on it.
    private static bool LacksSkill(IReadOnlyList<LedgerWindow> windows) => windows.Any(w => w is { LacksSkill: true, Rows: > 0 });

    private async Task<int> DeleteAsync(string prefix, LocalDate? before, int most, CancellationToken cancellationToken)
    {
        var deleted = 0;
        await foreach (var name in NamesAsync(prefix, before, pageSize: most, cancellationToken).Take(most).WithCancellation(cancellationToken))
        {
            await _container.DeleteBlobIfExistsAsync(name, cancellationToken: cancellationToken);
            deleted++;
        }

        return deleted;
    }

    // Names come in order, and those of a report's days sort by date.
    private async IAsyncEnumerable<string> NamesAsync(string prefix, LocalDate? before, int pageSize, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var end = before is { } date ? prefix + LocalDatePattern.Iso.Format(date) : null;
        await foreach (var page in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).AsPages(pageSizeHint: pageSize))
        {
            foreach (var blob in page.Values)
            {
                if (end is not null && string.CompareOrdinal(blob.Name, end) >= 0)
                {
                    yield break;
                }

                yield return blob.Name;
            }
        }
    }

    private static string Prefix(params string[] parts) => parts.All(part => Slug().IsMatch(part))
        ? string.Concat(parts.Select(part => part + '/'))
        : throw new ArgumentException($"'{string.Join('/', parts)}' cannot name raw days: integration and report are made of a-z, 0-9 and '-'.", nameof(parts));

    private RawDayBlob Blob(RawDayId id)
    {
        _ = id.CopyOf is { } run ? Prefix(id.Integration, id.Report, run) : Prefix(id.Integration, id.Report);
        return new RawDayBlob(_container, id);
    }

    [GeneratedRegex(@"\A[a-z0-9-]+\z")]
    private static partial Regex Slug();
}
