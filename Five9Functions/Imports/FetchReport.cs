using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Imports;

/// <summary>
/// Takes a slice of any report one step further: run the report, ask whether it is still running, download and land it.
/// Delivery is at least once and a process can die between any two lines, so the row decides which step is done, and only the
/// first to change the row sends the next message.
/// </summary>
public sealed partial class FetchReport(
    IntegrationTable integrations,
    ImportSliceTable slices,
    Five9UserTable users,
    SliceStepRunner calls,
    ReportLanding landing,
    CancelledRun cancelled,
    SliceDispatch dispatch,
    SliceThrows throws,
    DownloadSlots downloads,
    FailedReads failedReads,
    ImportQueues queues,
    TimeProvider time,
    ILogger<FetchReport> logger)
{
    // Rows of one day can be broken; with a second one it is the report.
    private const int UnreadableEndRun = 2;

    /// <param name="dequeueCount">1 for the first delivery of this message.</param>
    public async Task RunAsync(SliceStep message, int dequeueCount, CancellationToken cancellationToken)
    {
        if (await FindAsync(message, cancellationToken) is not { } found)
        {
            return;
        }

        var (integration, stored) = found;
        try
        {
            await StepAsync(integration, stored, message, again: dequeueCount > 1, cancellationToken);
        }
        catch (Exception) when (dequeueCount < Message.LastDelivery && !cancellationToken.IsCancellationRequested)
        {
            await TryCountThrowAsync(message, cancellationToken);
            throw;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            await AfterLastDeliveryAsync(integration, message, e, cancellationToken);
        }
    }

    // Storage may be what failed, and then it fails here too: the step's own exception says more.
    private async Task TryCountThrowAsync(SliceStep message, CancellationToken cancellationToken)
    {
        try
        {
            await throws.CountAsync(message.Integration, message.Run, message.Slice, message.Step, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            Log.NotCounted(logger, PlainText.Escape(message.Slice), PlainText.Escape(message.Integration), e.Message);
        }
    }

    // The message would become poison now. Where instances died with it, the step was not tried often enough to say that it fails.
    private async Task AfterLastDeliveryAsync(Integration integration, SliceStep message, Exception e, CancellationToken cancellationToken)
    {
        if (await throws.CountAsync(message.Integration, message.Run, message.Slice, message.Step, cancellationToken) is { Throws: < SliceThrows.Max } slice)
        {
            Log.SentAgain(logger, e, PlainText.Escape(message.Slice), PlainText.Escape(message.Integration), slice.Throws);
            await queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);
            return;
        }

        Log.GivenUp(logger, e, PlainText.Escape(message.Slice), PlainText.Escape(message.Integration), SliceThrows.Max);
        await GiveUpAsync(integration, message, e, cancellationToken);
    }

    private async Task<(Integration Integration, Versioned<ImportSlice> Slice)?> FindAsync(SliceStep message, CancellationToken cancellationToken)
    {
        if (await integrations.FindAsync(message.Integration, cancellationToken) is not { } integration)
        {
            Log.Removed(logger, PlainText.Escape(message.Integration), PlainText.Escape(message.Slice), PlainText.Escape(message.Run));
            return null;
        }

        if (await slices.FindAsync(message.Integration, message.Run, message.Slice, cancellationToken) is { } slice)
        {
            return (integration, slice);
        }

        Log.Unknown(logger, PlainText.Escape(message.Slice), PlainText.Escape(message.Integration), PlainText.Escape(message.Run));
        return null;
    }

    private async Task StepAsync(Integration integration, Versioned<ImportSlice> stored, SliceStep message, bool again, CancellationToken cancellationToken)
    {
        var slice = stored.Value;
        if (slice.Finished)
        {
            await dispatch.DispatchAsync(Five9UserTable.KeyOf(integration), cancellationToken, repair: again);
        }
        else if (message.Step < slice.Step)
        {
            // The message for the row's step may have been lost with the instance that should have sent it.
            if (slice.DueAt <= time.Now())
            {
                await queues.SendAsync(slice, TimeSpan.Zero, cancellationToken);
            }
        }
        else if (slice.State == SliceState.Normalizing)
        {
            await landing.NormalizeAsync(integration, slice, cancellationToken);
        }
        else if (slice.State != SliceState.Planned)
        {
            await CallInSlotAsync(integration, slice, message, cancellationToken);
        }
    }

    private async Task CallInSlotAsync(Integration integration, ImportSlice slice, SliceStep message, CancellationToken cancellationToken)
    {
        var report = ReportDefinition.Of(slice.Report);
        if (slice.State != SliceState.Fetching)
        {
            await CallAsync(integration, report, message, cancellationToken);
            return;
        }

        // Before the lease: a slice that waits for a slot must not keep another of its user from a call.
        using var slot = downloads.TryTake(report.Queue, slow: slice.SlowDownloads > 0);
        if (slot is null)
        {
            await queues.SendAsync(report, message, DownloadSlots.Wait, cancellationToken);
            return;
        }

        await CallAsync(integration, report, message, cancellationToken);
    }

    private async Task CallAsync(Integration integration, ReportDefinition report, SliceStep message, CancellationToken cancellationToken)
    {
        await using var lease = await users.TryLeaseAsync(integration, cancellationToken);
        if (lease is null)
        {
            await queues.SendAsync(report, message, calls.UserBusy, cancellationToken);
            return;
        }

        // Read again under the lease: whoever had it before may have done this very step.
        if (await slices.FindAsync(message.Integration, message.Run, message.Slice, cancellationToken) is not { } stored || stored.Value.Step > message.Step)
        {
            return;
        }

        var cancels = stored.Value.State == SliceState.Fetching ? await cancelled.EndOfAsync(stored.Value, cancellationToken) : null;
        var next = cancels ?? await calls.NextAsync(integration, stored.Value, lease, cancellationToken);
        await MoveAsync(integration, stored, next, LogLevel.Error, cancellationToken);
    }

    /// <param name="failed">How loudly a failure is told.</param>
    private async Task MoveAsync(Integration integration, Versioned<ImportSlice> from, ImportSlice to, LogLevel failed, CancellationToken cancellationToken)
    {
        if (to is { State: SliceState.Failed, Error: { } problem })
        {
            // First, so that an instance that dies after it has only noted what is done again.
            await failedReads.NoteAsync(to, problem, cancellationToken);
        }

        if (!await slices.TryUpdateAsync(from, to, cancellationToken))
        {
            return;
        }

        if (to.Finished)
        {
            var (level, key) = (to.State == SliceState.Failed && to.Error?.Problem != ImportProblem.Cancelled ? failed : LogLevel.Information, ImportSliceTable.RowKey(to));
            Log.Ended(logger, level, key, to.Integration, to.State, to.Error);
            if (to.Error is { } error && (error.Problem.IsOfTheReport() || error.Problem == ImportProblem.RowsUnreadable))
            {
                await FailAlikeAsync(to, error, cancellationToken);
            }

            await dispatch.DispatchAsync(Five9UserTable.KeyOf(integration), cancellationToken);
        }
        else
        {
            await queues.SendAsync(to, (to.DueAt - time.Now()).ToTimeSpan(), cancellationToken);
        }
    }

    // Each would ask Five9 for a report and fail in the same way; with a long history that uses up the quota of the day.
    private async Task FailAlikeAsync(ImportSlice failed, ImportError error, CancellationToken cancellationToken)
    {
        var ofReport = (await slices.OfRunAsync(failed.Integration, failed.Run, cancellationToken)).Where(s => s.Value.Report == failed.Report).ToList();
        if (error.Problem == ImportProblem.RowsUnreadable && ofReport.Count(s => s.Value.Error?.Problem == ImportProblem.RowsUnreadable) < UnreadableEndRun)
        {
            return;
        }

        foreach (var other in ofReport)
        {
            if (other.Value.State == SliceState.Planned)
            {
                await failedReads.NoteAsync(other.Value, error, cancellationToken);
                await slices.TryUpdateAsync(other, other.Value.Fail(time.Now(), error), cancellationToken);
            }
        }
    }

    private async Task GiveUpAsync(Integration integration, SliceStep message, Exception e, CancellationToken cancellationToken)
    {
        if (await slices.FindAsync(message.Integration, message.Run, message.Slice, cancellationToken) is { Value.Finished: false } stored)
        {
            var error = ImportError.Unforeseen(ImportProblem.GivenUp, $"The importer failed {SliceThrows.Max} times at a slice in the state {stored.Value.State}", e, "The next run asks again.");
            await MoveAsync(integration, stored, stored.Value.Fail(time.Now(), error), LogLevel.Information, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Slice {Slice} of {Integration} failed {Throws} times and is given up.")]
        public static partial void GivenUp(ILogger logger, Exception exception, string slice, string integration, int throws);

        [LoggerMessage(2, LogLevel.Warning, "Slice {Slice} of run {Run} of {Integration} is not known any more; its message is dropped.")]
        public static partial void Unknown(ILogger logger, string slice, string integration, string run);

        [LoggerMessage(4, LogLevel.Information, "The integration {Integration} was removed; the message for slice {Slice} of its run {Run} is dropped.")]
        public static partial void Removed(ILogger logger, string integration, string slice, string run);

        [LoggerMessage(5, LogLevel.Warning, "Slice {Slice} of {Integration} failed {Throws} times; other deliveries of its message ended with their instance. Its step is sent again.")]
        public static partial void SentAgain(ILogger logger, Exception exception, string slice, string integration, int throws);

        [LoggerMessage(6, LogLevel.Information, "A failure of slice {Slice} of {Integration} could not be counted in its row. {Reason}")]
        public static partial void NotCounted(ILogger logger, string slice, string integration, string reason);

        [LoggerMessage(EventId = 3, Message = "Slice {Slice} of {Integration} ended as {State}. {Error}")]
        public static partial void Ended(ILogger logger, LogLevel level, string slice, string integration, SliceState state, ImportError? error);
    }
}
