using Five9Functions.AgentStates;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Options;

namespace Five9Functions.RealTime;

/// <summary>What a poll brought.</summary>
/// <param name="From">The session as it is stored.</param>
/// <param name="To">The session with what the poll brought.</param>
/// <param name="Agents">The rows that are other ones now.</param>
/// <param name="GoesOn">There is more to do at once.</param>
internal sealed record LiveOutcome(Versioned<LiveSession> From, LiveSession To, IReadOnlyList<LiveAgent> Agents, bool GoesOn);

/// <summary>Asks Five9 what a poll is to ask: what changed, or with a new session everything.</summary>
public sealed class LivePoller(SupervisorClient five9, CredentialGuard guard, Five9UserTable users, LiveStateTable states, IOptions<LiveOptions> options, TimeProvider time)
{
    private const string Username = "Username";

    private readonly LiveOptions _options = options.Value;

    /// <exception cref="LiveSessionChangedException">Somebody else has changed the session.</exception>
    internal async Task<LiveOutcome> AskAsync(Integration integration, Versioned<LiveSession> stored, UserLease lease, CancellationToken cancellationToken)
    {
        var step = LiveStep.Of(stored.Value, time.Now(), _options);
        if (step is LiveStep.Wait wait)
        {
            return new LiveOutcome(stored, stored.Value.Waiting(wait.Reason), [], GoesOn: false);
        }

        var poll = new Poll(stored, lease);
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lease.Lost);
        try
        {
            return step is LiveStep.Update update ? await UpdateAsync(integration, poll, update, call.Token) : await OpenAsync(integration, poll, step, call.Token);
        }
        catch (Five9Exception e)
        {
            var now = time.Now();
            var failed = poll.Session.Failed(e, now, _options);
            var goesOn = e is Five9SessionLostException && LiveStep.Of(failed, now, _options) is not LiveStep.Wait;
            return new LiveOutcome(poll.Stored, goesOn ? failed with { UnderWayUntil = now + LiveSessionSteps.LongestPoll } : failed, [], goesOn);
        }
        catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return new LiveOutcome(poll.Stored, poll.Session.Waiting($"The lease on the Five9 user {integration.UserName} was lost during the call, so it was broken off."), [], GoesOn: false);
        }
    }

    private async Task<LiveOutcome> UpdateAsync(Integration integration, Poll poll, LiveStep.Update step, CancellationToken cancellationToken)
    {
        var update = await CallAsync(
            integration,
            poll,
            (login, token) =>
            {
                poll.Session = poll.Session with { Updates = poll.Session.Updates.Counted(time.Now()) };
                return five9.GetStatisticsUpdateAsync(login, step.Timestamp, _options.LongPoll, token);
            },
            cancellationToken);
        var now = time.Now();
        var goesOn = !update.IsEmpty && poll.Session.Calls + 1 < _options.MostCalls && poll.Session.Updates.FullUntil(now, 1, _options.Updates) is null;
        var agents = update.IsEmpty ? [] : LiveStateDiff.Of(update, poll.Session.Columns.Split(','), (await states.ReadAsync(integration.Id, cancellationToken)).Agents, poll.Session.AsOf ?? now, now, integration.DateTimeZone);
        return new LiveOutcome(poll.Stored, poll.Session.Answered(update.Timestamp, goesOn, now), agents, goesOn);
    }

    private async Task<LiveOutcome> OpenAsync(Integration integration, Poll poll, LiveStep step, CancellationToken cancellationToken)
    {
        if (step is LiveStep.Open)
        {
            var began = time.Now();
            await CallAsync(
                integration,
                poll,
                async (login, token) =>
                {
                    await CountAsync(integration, poll, step, token);
                    await five9.SetSessionParametersAsync(login, _options.IdleTimeout, integration.DateTimeZone.GetUtcOffset(began), token);
                    return true;
                },
                cancellationToken);
            poll.Session = poll.Session with { SetAt = began };
        }

        var known = await CallAsync(integration, poll, five9.GetColumnNamesAsync, cancellationToken);
        var columns = Columns(known);
        var all = await CallAsync(
            integration,
            poll,
            async (login, token) =>
            {
                await (step is LiveStep.Snapshot ? CountAsync(integration, poll, step, token) : Task.CompletedTask);
                return await five9.GetStatisticsAsync(login, columns, token);
            },
            cancellationToken);
        var now = time.Now();
        var stored = (await states.ReadAsync(integration.Id, cancellationToken)).Agents;
        if (LiveStateDiff.HasNoAgent(all) && stored.Values.Count(agent => agent.State.Kind != StateKind.LoggedOut) is var held and > 0 && !poll.Session.ConfirmsEmpty(now))
        {
            return new LiveOutcome(poll.Stored, poll.Session.Doubted(held, now), [], GoesOn: false);
        }

        var agents = LiveStateDiff.Of(all, stored, poll.Session.AsOf ?? now, now, integration.DateTimeZone);
        return new LiveOutcome(poll.Stored, poll.Session.Answered(all.Timestamp, goesOn: false, now) with { Columns = string.Join(',', columns) }, agents, GoesOn: false);
    }

    // Each call by itself: what one says of the login must not be lost with the answer to the next.
    private Task<T> CallAsync<T>(Integration integration, Poll poll, Func<Five9Login, CancellationToken, Task<T>> call, CancellationToken cancellationToken) =>
        guard.CallFromRealTimeAsync(integration, poll.Lease, () => users.TryLeaseAsync(integration, cancellationToken), call, cancellationToken);

    /// <summary>Those of the settings that Five9 knows: a single one that it does not would be refused with all the others.</summary>
    private IReadOnlyList<string> Columns(IReadOnlyList<string> known)
    {
        var columns = _options.ColumnList.Where(column => known.Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();

        // A list without the one that every row needs is none.
        return columns.Contains(Username, StringComparer.OrdinalIgnoreCase) ? columns : _options.ColumnList;
    }

    // Before the call, so that an instance that dies in it leaves a trace.
    private async Task CountAsync(Integration integration, Poll poll, LiveStep step, CancellationToken cancellationToken)
    {
        var counted = poll.Session.Opening(step, time.Now());
        if (!await states.TryWriteAsync(integration.Id, poll.Stored, counted, cancellationToken) || await states.FindSessionAsync(integration.Id, cancellationToken) is not { } stored || stored.Value != counted)
        {
            throw new LiveSessionChangedException(integration.Id);
        }

        (poll.Stored, poll.Session) = (stored, counted);
    }

    /// <summary>The session while a poll is under way: as it is stored, and with what came of the poll so far.</summary>
    private sealed class Poll(Versioned<LiveSession> stored, UserLease lease)
    {
        public UserLease Lease => lease;

        public Versioned<LiveSession> Stored { get; set; } = stored;

        public LiveSession Session { get; set; } = stored.Value;
    }
}
