using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;

namespace Five9Functions.RealTime;

/// <summary>
/// One poll: asks Five9 once, brings the table up to date with the answer, and ends. How the session stands is in its row, and rises to the
/// answer's mark in one transaction with the last of its changes: whoever comes next goes on there, wherever the one before stopped.
/// </summary>
public sealed partial class UpdateLiveStates(
    IntegrationTable integrations, LiveStateTable states, LivePoller five9, Five9UserTable users, ImportQueues queues, TimeProvider time, ILogger<UpdateLiveStates> logger)
{
    // A poll of another integration of the user, or one that was taken for lost, is just calling.
    private static readonly TimeSpan UserBusy = TimeSpan.FromSeconds(1);

    public async Task RunAsync(LivePoll message, CancellationToken cancellationToken)
    {
        if (await integrations.FindAsync(message.Integration, cancellationToken) is not { RealTime: true, Paused: false } integration
            || await FindAsync(message, cancellationToken) is null)
        {
            return;
        }

        await using var lease = await users.TryLeaseAsync(integration, cancellationToken, UserTurn.RealTime);
        if (lease is null)
        {
            await queues.SendAsync(message, UserBusy, cancellationToken);
            return;
        }

        // Read again under the lease: whoever had it before may have done this very poll.
        if (await FindAsync(message, cancellationToken) is { } stored)
        {
            await AskAsync(integration, stored, lease, message, cancellationToken);
        }
    }

    private async Task AskAsync(Integration integration, Versioned<LiveSession> stored, UserLease lease, LivePoll message, CancellationToken cancellationToken)
    {
        var outcome = await five9.AskAsync(integration, stored, lease, cancellationToken);
        if (!await states.TryWriteAsync(integration.Id, outcome.From, outcome.Agents, outcome.To, cancellationToken))
        {
            throw new LiveSessionChangedException(integration.Id);
        }

        Tell(integration, stored.Value, outcome);
        if (outcome.GoesOn)
        {
            await queues.SendAsync(message, TimeSpan.Zero, cancellationToken);
        }
    }

    /// <summary>The session, if the poll is still the one that was asked for last, not done and not lost.</summary>
    private async Task<Versioned<LiveSession>?> FindAsync(LivePoll message, CancellationToken cancellationToken) =>
        await states.FindSessionAsync(message.Integration, cancellationToken) is { } stored && stored.Value.Poll == message.Poll && stored.Value.UnderWayUntil > time.Now() ? stored : null;

    // A feed that works says nothing: it would be four lines a minute.
    private void Tell(Integration integration, LiveSession before, LiveOutcome outcome)
    {
        if (outcome.To.Missed > 0 && outcome.To.Reason != before.Reason)
        {
            Log.Missed(logger, integration.Id, outcome.To.Reason);
        }
        else if (outcome.To.Missed == 0 && (before.Missed > 0 || before.AsOf is null))
        {
            Log.Live(logger, integration.Id, outcome.Agents.Count);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "Who is in which state at {Integration} could not be asked. {Reason}")]
        public static partial void Missed(ILogger logger, string integration, string reason);

        [LoggerMessage(2, LogLevel.Information, "The states of {Integration} are those of now; {Agents} were other ones.")]
        public static partial void Live(ILogger logger, string integration, int agents);
    }
}
