using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>One call to Five9 for a slice, and what follows from its answer: the next form of the slice's row.</summary>
public sealed partial class SliceStepRunner(
    Five9AdminClient five9, CredentialGuard guard, ReportLanding landing, QueueListing queues, IOptions<ImportOptions> options, TimeProvider time, ILogger<SliceStepRunner> logger)
{
    // Operation types of getCallCountersState (Five9's guide, Feb 2026).
    private const string ReportRequests = "ReportRequest";
    private const string Retrievals = "RetrieveReport";
    private const string Queries = "Query";

    // Each run of a report counts against the quota.
    private const int MaxReportRuns = 3;

    // Each holds a slot of the instance, and the user's lease, for two minutes or more.
    private const int MaxSlowDownloads = 3;

    // A server that asks for longer is asked again after this: it may have meant another client, or another unit.
    private static readonly Duration MaxRetryAfter = Duration.FromHours(1);

    private readonly ImportOptions _options = options.Value;

    public TimeSpan UserBusy => _options.UserBusy;

    public async Task<ImportSlice> NextAsync(Integration integration, ImportSlice slice, UserLease lease, CancellationToken cancellationToken)
    {
        var now = time.Now();
        if (lease.User.BlockedUntil(OperationOf(slice), now) is { } until)
        {
            return slice.Wait(until, new ImportError(ImportProblem.QuotaUsedUp, $"Five9's quota of {OperationOf(slice)} is used up; the slice goes on by itself at {until}."));
        }

        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            return await guard.CallAsync(integration, lease, login => CallAsync(integration, slice, login, lease, call.Token), call.Token);
        }
        catch (Five9CredentialRejectedException e)
        {
            return Rejected(integration, slice, e.Error, time.Now());
        }
        catch (Five9ReportGoneException e)
        {
            return slice.ReportRuns >= MaxReportRuns
                ? slice.Fail(time.Now(), Also(e, $"That happened {MaxReportRuns} times, so the slice is given up; the next run asks again."))
                : slice.RunAgain(time.Now() + Backoff(slice), Also(e, "The report is run again by itself."));
        }
        catch (Five9MisconfiguredException e)
        {
            return slice.Fail(time.Now(), e.Error);
        }
        catch (Five9TransientException e) when (e.Error.Problem == ImportProblem.TooSlow && slice.SlowDownloads + 1 >= MaxSlowDownloads)
        {
            return slice.Fail(time.Now(), Also(e, $"That happened {MaxSlowDownloads} times, so the slice is given up; the next run asks again.")) with { SlowDownloads = MaxSlowDownloads };
        }
        catch (Five9TransientException e) when (IsTimedOut(slice, time.Now()))
        {
            return slice.Fail(time.Now(), Also(e, $"The report was asked for over {_options.ReportTimeout.TotalMinutes:0} minutes ago, so the slice is given up; the next run asks again."));
        }
        catch (Five9TransientException e)
        {
            var wanted = Duration.FromTimeSpan(e.RetryAfter ?? TimeSpan.Zero);
            return slice.Retry(time.Now() + Duration.Max(Backoff(slice), Duration.Min(wanted, MaxRetryAfter)), Also(e, "It is tried again by itself.")) with
            {
                SlowDownloads = slice.SlowDownloads + (e.Error.Problem == ImportProblem.TooSlow ? 1 : 0),
            };
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return slice.Retry(time.Now() + Backoff(slice), new ImportError(
                ImportProblem.TurnLost, $"The lease on the Five9 user {integration.UserName} was lost during the call, so it was broken off. It is tried again by itself."));
        }
    }

    private async Task<ImportSlice> CallAsync(Integration integration, ImportSlice slice, Five9Login login, UserLease lease, CancellationToken cancellationToken)
    {
        try
        {
            return await StepAsync(integration, slice, login, lease, cancellationToken);
        }
        catch (Five9QuotaExceededException e)
        {
            var turn = await QuotaTurnAsync(integration, slice, login, e, cancellationToken);
            await lease.RecordAsync(user => user.WithQuotaUntil(OperationOf(slice), turn.At), cancellationToken);
            return turn.Known ? slice.Wait(turn.At, Also(e, turn.Text)) : slice.Retry(turn.At, Also(e, turn.Text));
        }
    }

    private async Task<ImportSlice> StepAsync(Integration integration, ImportSlice slice, Five9Login login, UserLease lease, CancellationToken cancellationToken)
    {
        var report = ReportDefinition.Of(slice.Report);
        var now = time.Now();
        switch (slice.State)
        {
            case SliceState.Requesting when slice.Kind == RunKind.Backfill && await BackfillWaitAsync(login, now, cancellationToken) is { } turn:
                return slice.Wait(turn, new ImportError(
                    ImportProblem.BackfillShareUsed, $"Backfill leaves {_options.BackfillReservePercent} % of Five9's quota of {ReportRequests} to the imports of today; it goes on by itself at {turn}."));

            case SliceState.Requesting:
                var asked = IntervalMath.Asked(slice.Window, integration.Padding, now, integration.DateTimeZone, slice.IsHalf);
                var reportId = await five9.RunReportAsync(login, report.Request(integration, asked), cancellationToken);
                Log.Requested(logger, ImportSliceTable.RowKey(slice), integration.Id);
                return slice.Requested(reportId, now, now);

            case SliceState.Running:
                return !await five9.IsReportRunningAsync(login, slice.ReportId, _options.LongPoll, cancellationToken) ? slice.Ran(now)
                    : IsTimedOut(slice, now) ? slice.Fail(now, new ImportError(
                        ImportProblem.ReportTimedOut, $"Five9 still runs the report over {_options.ReportTimeout.TotalMinutes:0} minutes after it was asked for, so the slice is given up; the next run asks again."))
                    : slice.StillRunning(now + Growing(_options.FirstPoll, _options.LongestPoll, 1.5, slice.Polls));

            case SliceState.Fetching:
                if (report.ListsQueues && slice.Changes != ChangeCounting.DryRun)
                {
                    await queues.RefreshAsync(integration, lease, login, cancellationToken);
                }

                return await landing.LandAsync(integration, slice, login, cancellationToken);

            default:
                throw new InvalidOperationException($"A slice in the state {slice.State} has no call to make.");
        }
    }

    private async Task<Instant?> BackfillWaitAsync(Five9Login login, Instant now, CancellationToken cancellationToken) =>
        BackfillShare.UsedUpUntil(await five9.GetCallCountersAsync(login, cancellationToken), ReportRequests, _options.BackfillReservePercent, now);

    private async Task<QuotaTurn> QuotaTurnAsync(Integration integration, ImportSlice slice, Five9Login login, Five9QuotaExceededException e, CancellationToken cancellationToken)
    {
        var now = time.Now();
        try
        {
            return QuotaTurn.Of(await five9.GetCallCountersAsync(login, cancellationToken), e.OperationType.Length > 0 ? e.OperationType : OperationOf(slice), now);
        }
        catch (Five9Exception unknown) when (unknown is not Five9CredentialRejectedException)
        {
            Log.CountersUnknown(logger, integration.Id, unknown.Message);
            return QuotaTurn.Unknown(now, Backoff(slice));
        }
    }

    private ImportSlice Rejected(Integration integration, ImportSlice slice, ImportError rejected, Instant now) => slice.Wait(
        now + Duration.FromTimeSpan(_options.CredentialCheck),
        rejected.Problem == ImportProblem.PasswordExpired
            ? rejected with
            {
                Text = $"{rejected.Text} Nothing is called with this password again; with a new version in the secret {integration.SecretName} the slice goes on by itself.",
            }
            : RejectedFor(integration, rejected.Text));

    private static ImportError RejectedFor(Integration integration, string reason) => new(
        ImportProblem.CredentialRejected,
        $"{reason} Nothing is called with this password again. Store another password in the secret {integration.SecretName} or correct {IntegrationSettings.Section}:{integration.Id}:Region, and the slice goes on by itself; "
        + $"if the account was locked, unlock it in Five9 and clear {Five9UserTable.CredentialVersions} of {integration.UserName} in the table {StorageLayout.Five9UsersTable}.");

    private static ImportError Also(Five9Exception e, string next) => e.Error with { Text = $"{e.Message} {next}" };

    private static string OperationOf(ImportSlice slice) => slice.State switch { SliceState.Requesting => ReportRequests, SliceState.Fetching => Retrievals, _ => Queries };

    private bool IsTimedOut(ImportSlice slice, Instant now) => now - slice.RequestedAt > Duration.FromTimeSpan(_options.ReportTimeout);

    private Duration Backoff(ImportSlice slice) => Growing(_options.FirstRetry, _options.LongestRetry, 2, slice.Attempts);

    private static Duration Growing(TimeSpan first, TimeSpan longest, double factor, int times) =>
        Duration.FromTimeSpan(TimeSpan.FromTicks((long)Math.Min(longest.Ticks, first.Ticks * Math.Pow(factor, Math.Min(times, 30)))));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The report of slice {Slice} of {Integration} is asked for.")]
        public static partial void Requested(ILogger logger, string slice, string integration);

        [LoggerMessage(2, LogLevel.Information, "The quota counters of {Integration} could not be read, so which quota is used up is not known. {Reason}")]
        public static partial void CountersUnknown(ILogger logger, string integration, string reason);
    }
}
