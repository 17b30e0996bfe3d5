using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Time;

namespace Five9Functions.Imports;

/// <summary>
/// What becomes of the slices of a run that a person stopped: what has landed is normalized to its end, everything else ends. The mark in
/// the run's row decides, so whoever comes by does it, and a kill in the middle is made good by whoever comes next.
/// </summary>
public sealed class CancelledRun(ImportRunTable runs, ImportSliceTable slices, RawDayStore rawDays, ImportQueues queues, TimeProvider time)
{
    private const int Tries = 5;
    private const int MaxAtOnce = 8;

    private static readonly ImportError Reason = new(ImportProblem.Cancelled, "The run was cancelled before this was read.");

    /// <summary>Ends what has not begun to land. What is being downloaded ends at its next step, which is sent at once: only there is known whether it landed.</summary>
    /// <returns>The slices as they are then.</returns>
    public async Task<IReadOnlyList<Versioned<ImportSlice>>> EndAsync(IReadOnlyList<Versioned<ImportSlice>> all, CancellationToken cancellationToken)
    {
        var after = all.ToArray();
        var unfinished = Enumerable.Range(0, after.Length).Where(i => !after[i].Value.Finished);
        await Parallel.ForEachAsync(
            unfinished, new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken }, async (i, token) => after[i] = await EndAsync(after[i], token));
        return after;
    }

    /// <summary>Whether a slice ends here instead of being downloaded. To be asked under the lease of its user: nobody else downloads it then.</summary>
    public async Task<ImportSlice?> EndOfAsync(ImportSlice slice, CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(slice.Integration, slice.Run, cancellationToken) is not { Value.CancelledAt: not null } || await HasLandedAsync(slice, cancellationToken))
        {
            return null;
        }

        return slice.Fail(time.Now(), Reason);
    }

    private async Task<Versioned<ImportSlice>> EndAsync(Versioned<ImportSlice> slice, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries && slice.Value.HasNotBegunToLand; i++)
        {
            var ended = slice.Value.Fail(time.Now(), Reason);
            if (await slices.TryUpdateAsync(slice, ended, cancellationToken))
            {
                return new(ended, default);
            }

            if (await slices.FindAsync(slice.Value.Integration, slice.Value.Run, ImportSliceTable.RowKey(slice.Value), cancellationToken) is not { } moved)
            {
                return slice;
            }

            slice = moved;
        }

        if (slice.Value.State == SliceState.Fetching)
        {
            await queues.SendAsync(slice.Value, TimeSpan.Zero, cancellationToken);
        }

        return slice;
    }

    // An instance may have died between the raw day and the slice's row: then it goes on, or timelines would not follow from what is held.
    private async Task<bool> HasLandedAsync(ImportSlice slice, CancellationToken cancellationToken)
    {
        var day = await rawDays.ReadHeaderOrEmptyAsync(slice.RawDay, cancellationToken);
        return slice.RequestedAt is { } asOf && day.Windows.Any(w => w.From < slice.Window.End && slice.Window.Start < w.To && (w.AsOf == asOf || w.EmptyAsOf == asOf || w.UnreadableAsOf == asOf || w.ColumnGoneAsOf == asOf));
    }
}
