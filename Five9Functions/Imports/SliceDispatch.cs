using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Imports;

/// <summary>
/// Gives the two places of a Five9 user to slices: scheduled and manual ones before backfill, the newest first. One slice of each
/// integration and report needs no free place. It repairs what a killed instance left: a place whose slice is finished is freed, one whose
/// slice never started is started.
/// </summary>
public sealed partial class SliceDispatch(Five9UserTable users, ImportRunTable runs, ImportSliceTable slices, CancelledRun cancelled, ImportQueues queues, TimeProvider time, ILogger<SliceDispatch> logger)
{
    /// <summary>Slices of a user's integrations that ask nobody, at a time: a long history derived again must not fill the queue in front of the imports of today.</summary>
    private const int RawPlaces = 4;

    // A slice that was started and has done nothing since.
    private const int FirstStep = 1;

    /// <param name="repair">
    /// A message was delivered again, so somebody may have died here: what has begun but has done no step yet may have lost its own
    /// message and gets another. Never for a first delivery: each message that is one too many would then make more of them.
    /// </param>
    public async Task DispatchAsync(string userKey, CancellationToken cancellationToken, bool repair = false)
    {
        while (true)
        {
            if (await users.FindAsync(userKey, cancellationToken) is not { } stored)
            {
                return;
            }

            var open = await OpenRunsAsync(stored.Value, cancellationToken);
            var (underWay, unreadable) = await UnderWayAsync(stored.Value, cancellationToken);
            var places = new List<Versioned<ImportSlice>>(underWay);
            foreach (var slice in Waiting(open, underWay))
            {
                if (HasPlace(slice.Value, [.. places.Where(p => p.Value.FromRaw == slice.Value.FromRaw)]))
                {
                    places.Add(slice);
                }
            }

            var next = stored.Value with
            {
                OpenRuns = [.. open.Where(o => !o.Finished).Select(o => o.Name)],
                UnderWay = [.. unreadable, .. places.Select(s => Place(s.Value))],
            };
            // First the run says that it is finished, then it is forgotten here: the other way round a kill would leave it open for ever.
            if (await FinishAsync(open.Where(o => o.Finished), cancellationToken)
                && (Same(stored.Value, next) || await users.TryUpdateAsync(stored, next, cancellationToken)))
            {
                foreach (var slice in places)
                {
                    if (slice.Value.State == SliceState.Planned)
                    {
                        await StartAsync(slice, cancellationToken);
                    }
                    else if (repair && slice.Value.Step == FirstStep)
                    {
                        await SendAsync(slice.Value, cancellationToken);
                    }
                }

                foreach (var run in open.Where(o => o.IsToBeCompared))
                {
                    await queues.SendAsync(new CompareJob(run.Name.Integration, run.Name.Run, "", "", ""), cancellationToken);
                }

                return;
            }
        }
    }

    private static IEnumerable<Versioned<ImportSlice>> Waiting(IReadOnlyList<Open> open, IReadOnlyList<Versioned<ImportSlice>> underWay) => open
        .Where(o => o.Run?.Value.Planned is not null)
        .SelectMany(o => o.Slices)
        .Where(s => s.Value.State == SliceState.Planned && !underWay.Any(u => Place(u.Value) == Place(s.Value)))
        .OrderBy(s => s.Value.Kind == RunKind.Backfill)
        .ThenByDescending(s => s.Value.Window.Start)
        .ThenBy(s => s.Value.Integration, StringComparer.Ordinal);

    /// <param name="places">Those of its sort: Five9 has nothing to do with a day that is derived again.</param>
    private static bool HasPlace(ImportSlice slice, IReadOnlyList<Versioned<ImportSlice>> places) =>
        slice.FromRaw ? places.Count < RawPlaces : places.Count < Five9User.Places || IsFirstOfItsReport(slice, places);

    // A slice can wait for long in its place: for a report that runs half an hour, for a quota. Backfill, a report that hangs, or an
    // integration that fails for ever must not keep another report, or another integration of the same user, waiting behind it.
    private static bool IsFirstOfItsReport(ImportSlice slice, IReadOnlyList<Versioned<ImportSlice>> places) => slice.Kind != RunKind.Backfill
        && !places.Any(p => p.Value.Integration == slice.Integration && p.Value.Report == slice.Report && p.Value.Kind != RunKind.Backfill);

    private static bool Same(Five9User a, Five9User b) => a.OpenRuns.SequenceEqual(b.OpenRuns) && a.UnderWay.SequenceEqual(b.UnderWay);

    private static SliceInPlace Place(ImportSlice slice) => new(slice.Integration, slice.Run, ImportSliceTable.RowKey(slice));

    private async Task<IReadOnlyList<Open>> OpenRunsAsync(Five9User user, CancellationToken cancellationToken)
    {
        var open = new List<Open>();
        foreach (var name in user.OpenRuns)
        {
            try
            {
                if (await runs.FindAsync(name.Integration, name.Run, cancellationToken) is not { } run)
                {
                    open.Add(new Open(name, null, [])); // it is just being opened, or the watchdog forgets it
                    continue;
                }

                var ofRun = await slices.OfRunAsync(name.Integration, name.Run, cancellationToken);
                open.Add(await WithAllSlicesAsync(new Open(name, run, run.Value.CancelledAt is null ? ofRun : await cancelled.EndAsync(ofRun, cancellationToken)), cancellationToken));
            }
            catch (UnreadableRowException e)
            {
                // It stays listed, for when it can be read; the other runs of the user have nothing to do with it.
                Log.Unreadable(logger, name.Run, name.Integration, e.Message);
                open.Add(new Open(name, null, []));
            }
        }

        return open;
    }

    // Rows that were deleted are no finished slices: the run counts as not planned, and its job comes again.
    private async Task<Open> WithAllSlicesAsync(Open open, CancellationToken cancellationToken)
    {
        if (open.Run is not { Value: { FinishedAt: null, Planned: { } planned } run } stored || open.Slices.Count >= planned)
        {
            return open;
        }

        Log.SlicesLost(logger, run.Id, run.Integration, planned - open.Slices.Count);
        if (await runs.TryUpdateAsync(stored, run with { Planned = null }, cancellationToken))
        {
            await queues.SendAsync(new ImportJob(run.Integration, run.Id), cancellationToken);
        }

        return open with { Run = null };
    }

    // A place whose slice cannot be read stays, but is nobody's way.
    private async Task<(IReadOnlyList<Versioned<ImportSlice>> UnderWay, IReadOnlyList<SliceInPlace> Unreadable)> UnderWayAsync(Five9User user, CancellationToken cancellationToken)
    {
        var (underWay, unreadable) = (new List<Versioned<ImportSlice>>(), new List<SliceInPlace>());
        foreach (var place in user.UnderWay)
        {
            try
            {
                if (await slices.FindAsync(place.Integration, place.Run, place.Slice, cancellationToken) is { Value.Finished: false } slice)
                {
                    underWay.Add(slice);
                }
            }
            catch (UnreadableRowException)
            {
                unreadable.Add(place);
            }
        }

        return (underWay, unreadable);
    }

    private async Task StartAsync(Versioned<ImportSlice> slice, CancellationToken cancellationToken)
    {
        var started = slice.Value.Start(time.Now());
        if (await slices.TryUpdateAsync(slice, started, cancellationToken))
        {
            await SendAsync(started, cancellationToken);
        }
    }

    private Task SendAsync(ImportSlice slice, CancellationToken cancellationToken) =>
        queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);

    /// <returns>False when somebody else wrote one of the runs meanwhile, so that it may not say yet that it is finished.</returns>
    private async Task<bool> FinishAsync(IEnumerable<Open> finished, CancellationToken cancellationToken)
    {
        foreach (var (_, found, runSlices) in finished)
        {
            if (found is not { Value.FinishedAt: null } run)
            {
                continue;
            }

            var fold = RunSummary.Of(run.Value, [.. runSlices.Select(s => s.Value)]);
            if (!await runs.TryUpdateAsync(run, run.Value with { FinishedAt = time.Now(), Outcome = RunOutcome.Of(fold) }, cancellationToken))
            {
                return false;
            }

            Log.RunFinished(logger, run.Value.Integration, run.Value.Id, fold.Status, fold.Slices, fold.Failed, fold.Read, fold.Landed, fold.Quarantined);
        }

        return true;
    }

    /// <param name="Run">Null: the run, or a slice of it, cannot be read, or is lost.</param>
    private sealed record Open(OpenRun Name, Versioned<ImportRun>? Run, IReadOnlyList<Versioned<ImportSlice>> Slices)
    {
        public bool Finished => SlicesFinished && Run is { Value.HasToCompare: false };

        // One that was cancelled is not compared, but has to be tidied up.
        public bool IsToBeCompared => SlicesFinished && Run is { Value: { HasToCompare: true, FinishedAt: null } run } && (run.ComparingSince is null || run.CancelledAt is not null);

        private bool SlicesFinished => Run?.Value.Planned is not null && Slices.All(s => s.Value.Finished);
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Run {Run} of {Integration} is finished: {Status}, {Slices} slices, {Failed} failed, rows read {Read}, landed {Landed}, quarantined {Quarantined}.")]
        public static partial void RunFinished(ILogger logger, string integration, string run, RunStatus status, int slices, int failed, int read, int landed, int quarantined);

        [LoggerMessage(2, LogLevel.Error, "Run {Run} of {Integration} stands still. {Reason}")]
        public static partial void Unreadable(ILogger logger, string run, string integration, string reason);

        [LoggerMessage(3, LogLevel.Warning, "Run {Run} of {Integration} misses {Count} of its rows in ImportSlices: somebody deleted them. They are planned again.")]
        public static partial void SlicesLost(ILogger logger, string run, string integration, int count);
    }
}
