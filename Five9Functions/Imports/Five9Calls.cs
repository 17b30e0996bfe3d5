using Five9Functions.Five9;
using Five9Functions.Integrations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>One call to Five9 for a slice, and what follows from its answer: the next form of the slice's row.</summary>
public sealed partial class Five9Calls(
    Five9AdminClient five9, Credentials credentials, ReportLanding landing, IOptions<ImportOptions> options, TimeProvider time, ILogger<Five9Calls> logger)
{
    // Operation types of getCallCountersState (Five9's guide, Feb 2026).
    private const string ReportRequests = "ReportRequest";
    private const string Retrievals = "RetrieveReport";
    private const string Queries = "Query";

    // Each run of a report counts against the quota.
    private const int MostReportRuns = 3;

    private readonly ImportOptions _options = options.Value;

    public TimeSpan UserBusy => _options.UserBusy;

    public async Task<ImportSlice> NextAsync(Integration integration, ImportSlice slice, UserLease lease, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var operation = slice.State switch { SliceState.Requesting => ReportRequests, SliceState.Fetching => Retrievals, _ => Queries };
        if (lease.User.BlockedUntil(operation, now) is { } until)
        {
            return slice.Again(until, new SliceError(SliceProblem.QuotaUsedUp, $"Five9's quota of {operation} is used up; the slice goes on at {until}."));
        }

        var version = "";
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            var credential = await credentials.ForAsync(integration, cancellationToken);
            version = credential.Version;
            if (lease.User.Rejects(version))
            {
                return Rejected(slice, lease.User.RejectedReason, now);
            }

            var next = await CallAsync(integration, slice, credential.Login, call.Token);
            await lease.LearnAsync(user => user.WithAccepted(version), cancellationToken);
            return next;
        }
        catch (Five9CredentialRejectedException e)
        {
            return await RejectedAsync(integration, slice, lease, version, e, now);
        }
        catch (Five9QuotaExceededException e)
        {
            try
            {
                var turn = await QuotaTurnAsync(integration, e.OperationType.Length > 0 ? e.OperationType : operation, now, call.Token);
                await lease.LearnAsync(user => user.WithQuotaUntil(operation, turn), cancellationToken);
                return slice.Again(turn, e.Error);
            }
            catch (Five9CredentialRejectedException rejected)
            {
                return await RejectedAsync(integration, slice, lease, version, rejected, now);
            }
        }
        catch (Five9ReportGoneException) when (slice.ReportRuns >= MostReportRuns)
        {
            return slice.Fail(now, new SliceError(SliceProblem.ReportGone, $"Five9 lost the id of the report {MostReportRuns} times; the next run asks again."));
        }
        catch (Five9ReportGoneException e)
        {
            return slice.RunAgain(now + Backoff(slice), e.Error);
        }
        catch (Five9MisconfiguredException e)
        {
            return slice.Fail(now, e.Error);
        }
        catch (Five9TransientException e) when (e.Error.Problem == SliceProblem.ResultNotReady && IsTimedOut(slice, now))
        {
            return slice.Fail(now, e.Error with { Text = $"The report's result was not ready {_options.ReportTimeout.TotalMinutes:0} minutes after it was asked for; the next run asks again." });
        }
        catch (Five9TransientException e)
        {
            var wait = Duration.Max(Backoff(slice), Duration.FromTimeSpan(e.RetryAfter ?? TimeSpan.Zero));
            return slice.Again(now + wait, e.Error);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return slice.Again(now + Backoff(slice), new SliceError(SliceProblem.TurnLost, "The turn of the Five9 user was lost during the call; the step is done again."));
        }
    }

    private async Task<ImportSlice> CallAsync(Integration integration, ImportSlice slice, Five9Login login, CancellationToken cancellationToken)
    {
        var now = time.Now();
        switch (slice.State)
        {
            case SliceState.Requesting:
                var asked = Windows.Asked(slice.Window, integration.Padding, now, integration.DateTimeZone);
                var reportId = await five9.RunReportAsync(login, new ReportRequest(integration.AgentStateFolder, integration.AgentStateReport, asked), cancellationToken);
                Log.Requested(logger, ImportSlices.RowKey(slice), integration.Id);
                return slice.Requested(reportId, now, now);

            case SliceState.Running when IsTimedOut(slice, now):
                return slice.Fail(now, new SliceError(SliceProblem.ReportTimedOut, $"The report was still running {_options.ReportTimeout.TotalMinutes:0} minutes after it was asked for; the next run asks again."));

            case SliceState.Running:
                return await five9.IsReportRunningAsync(login, slice.ReportId, _options.LongPoll, cancellationToken)
                    ? slice.Again(now + Growing(_options.FirstPoll, _options.LongestPoll, 1.5, slice.Attempts))
                    : slice.Ran(now);

            case SliceState.Fetching:
                return await landing.LandAsync(integration, slice, login, cancellationToken);

            default:
                throw new InvalidOperationException($"A slice in the state {slice.State} has no call to make.");
        }
    }

    private async Task<ImportSlice> RejectedAsync(Integration integration, ImportSlice slice, UserLease lease, string version, Five9CredentialRejectedException e, Instant now)
    {
        await lease.LearnAsync(user => user.WithRejected(version, e.Message), CancellationToken.None);
        Log.CredentialRejected(logger, integration.Id, integration.UserName, e.Message);
        return Rejected(slice, e.Message, now);
    }

    private ImportSlice Rejected(ImportSlice slice, string reason, Instant now) =>
        slice.Again(now + Duration.FromTimeSpan(_options.CredentialCheck), new SliceError(SliceProblem.CredentialRejected, reason));

    // Five9's windows are aligned to the calendar. In which zone a day begins is not documented, so a used-up day is looked at hourly.
    private async Task<Instant> QuotaTurnAsync(Integration integration, string operation, Instant now, CancellationToken cancellationToken)
    {
        var window = 60L;
        try
        {
            var credential = await credentials.ForAsync(integration, cancellationToken);
            var used = (await five9.GetCallCountersAsync(credential.Login, cancellationToken)).Where(c => c.OperationType == operation && c.Used >= c.Limit).ToList();
            window = used.Any(c => c.Window > TimeSpan.FromMinutes(1)) ? 3600 : 60;
        }
        catch (Five9Exception e) when (e is not Five9CredentialRejectedException)
        {
            Log.CountersUnknown(logger, integration.Id, e.Message);
        }

        return Instant.FromUnixTimeSeconds((now.ToUnixTimeSeconds() / window + 1) * window);
    }

    private bool IsTimedOut(ImportSlice slice, Instant now) => now - slice.RequestedAt > Duration.FromTimeSpan(_options.ReportTimeout);

    private Duration Backoff(ImportSlice slice) => Growing(_options.FirstRetry, _options.LongestRetry, 2, slice.Attempts);

    private static Duration Growing(TimeSpan first, TimeSpan longest, double factor, int times) =>
        Duration.FromTimeSpan(TimeSpan.FromTicks((long)Math.Min(longest.Ticks, first.Ticks * Math.Pow(factor, Math.Min(times, 30)))));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The report of slice {Slice} of {Integration} is asked for.")]
        public static partial void Requested(ILogger logger, string slice, string integration);

        [LoggerMessage(2, LogLevel.Error, "Five9 rejected the credential of {UserName} ({Integration}); no call is made with it until it changes. {Reason}")]
        public static partial void CredentialRejected(ILogger logger, string integration, string userName, string reason);

        [LoggerMessage(3, LogLevel.Information, "The quota counters of {Integration} could not be read, so the next minute is waited for. {Reason}")]
        public static partial void CountersUnknown(ILogger logger, string integration, string reason);
    }
}
