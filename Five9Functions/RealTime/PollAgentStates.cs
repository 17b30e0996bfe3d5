using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Options;

namespace Five9Functions.RealTime;

/// <summary>The tick of real time: one message for each integration that has it, unless its last poll is still under way. Of those of one Five9 user the first by id has it.</summary>
public sealed class PollAgentStates(IntegrationTable integrations, LiveStateTable states, ImportQueues queues, IOptions<ImportOptions> options, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var failures = new FailureCollector(cancellationToken);
        // The tick of imports tells of a row that cannot be read; here it would be told every few seconds.
        var active = (await integrations.AllAsync(_ => { }, cancellationToken)).Where(i => i is { RealTime: true, Paused: false });
        var firstOf = active.OrderBy(i => i.Id, StringComparer.Ordinal).GroupBy(Five9UserTable.KeyOf).SelectMany(user => user.Select(integration => (integration, First: user.First())));
        await failures.EachAsync(
            firstOf.ToAsyncEnumerable(),
            options.Value.TickParallelism,
            one => one.integration.Id,
            one => one.integration == one.First ? AskForAsync(one.First, cancellationToken) : LeaveOutAsync(one.integration, one.First, cancellationToken));
        failures.ThrowIfAnyFailed("Some integrations could not be polled; the next tick tries again.");
    }

    // The row goes first: a message that nobody sent after it is missed after a while, one that the row does not know would be dropped.
    private async Task AskForAsync(Integration integration, CancellationToken cancellationToken)
    {
        var now = time.Now();
        var stored = await states.FindSessionAsync(integration.Id, cancellationToken);
        if (stored?.Value.UnderWayUntil > now)
        {
            return;
        }

        var next = (stored?.Value ?? new LiveSession()).Asked(now);
        if (await states.TryWriteAsync(integration.Id, stored, next, cancellationToken))
        {
            await queues.SendAsync(new LivePoll(integration.Id, next.Poll), TimeSpan.Zero, cancellationToken);
        }
    }

    // A user has one session: two integrations would take it from each other at each poll.
    private async Task LeaveOutAsync(Integration integration, Integration first, CancellationToken cancellationToken)
    {
        var reason = $"A Five9 user has one session, and the integration {first.Id} has that of {integration.UserName}: give this one another Five9 user, or take real time from one of them.";
        var stored = await states.FindSessionAsync(integration.Id, cancellationToken);
        if (stored?.Value.Reason != reason)
        {
            await states.TryWriteAsync(integration.Id, stored, (stored?.Value ?? new LiveSession()).LeftOut(reason), cancellationToken);
        }
    }
}
