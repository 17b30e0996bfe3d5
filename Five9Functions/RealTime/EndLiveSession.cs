using Azure;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.RealTime;

/// <summary>
/// Ends an integration's supervisor session when nothing needs it any more: it is paused or removed, real time is switched off, or it
/// logs in elsewhere. What fails of it is said and fails nothing else: Five9 ends a session by itself that is not called.
/// </summary>
public sealed partial class EndLiveSession(SupervisorClient five9, CredentialGuard guard, Five9UserTable users, LiveStateTable states, ILogger<EndLiveSession> logger)
{
    // A poll that is under way has the user's turn for as long as Five9 holds an answer.
    private const int Tries = 40;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan MaxLength = TimeSpan.FromSeconds(20);

    /// <summary>Ends the session if the change leaves none.</summary>
    /// <param name="from">The integration as it was.</param>
    /// <param name="to">As it is now; null for removed.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async Task IfOverAsync(Integration from, Integration? to, CancellationToken cancellationToken)
    {
        if (!Polls(from) || (to is not null && Polls(to) && Five9UserTable.KeyOf(to) == Five9UserTable.KeyOf(from)))
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(MaxLength);
        try
        {
            await EndAsync(from, limit.Token);
        }
        catch (Exception e) when (e is Five9Exception or RequestFailedException or AggregateException or UnreadableRowException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            Log.NotClosed(logger, from.Id, e.Message);
        }
    }

    private static bool Polls(Integration integration) => integration is { RealTime: true, Paused: false };

    private async Task EndAsync(Integration integration, CancellationToken cancellationToken)
    {
        if (await states.FindSessionAsync(integration.Id, cancellationToken) is not { Value.SetAt: not null })
        {
            return;
        }

        await using var lease = await LeaseAsync(integration, cancellationToken);
        if (await states.FindSessionAsync(integration.Id, cancellationToken) is not { Value.SetAt: not null } stored)
        {
            return; // a poll has lost it meanwhile
        }

        // Only with a password that is known to be good: for this no login is risked.
        await guard.CallFromRealTimeAsync(
            integration,
            lease,
            () => Task.FromResult<UserLease?>(null),
            async (login, token) =>
            {
                await five9.CloseSessionAsync(login, token);
                return true;
            },
            cancellationToken);
        await states.TryWriteAsync(integration.Id, stored, stored.Value with { SetAt = null, Timestamp = null, UnderWayUntil = null }, cancellationToken);
        Log.Closed(logger, integration.Id, integration.UserName);
    }

    private async Task<UserLease> LeaseAsync(Integration integration, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            if (await users.TryLeaseAsync(integration, cancellationToken, UserTurn.RealTime) is { } lease)
            {
                return lease;
            }

            if (i == Tries)
            {
                throw new Five9TransientException(ImportProblem.UserBusy, $"A poll has had the turn of {integration.UserName} for too long.");
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The supervisor session of {Integration} ({UserName}) was closed.")]
        public static partial void Closed(ILogger logger, string integration, string userName);

        [LoggerMessage(2, LogLevel.Information, "The supervisor session of {Integration} was not closed; Five9 ends it when it was not called for a while. {Reason}")]
        public static partial void NotClosed(ILogger logger, string integration, string reason);
    }
}
