using Five9Functions.Imports;
using Five9Functions.Integrations;

namespace Five9Functions.RealTime;

/// <summary>The tick of real time: one message for each integration that has it, unless its last poll is still under way.</summary>
public sealed class PollAgentStates(IntegrationTable integrations, LiveStates states, ImportQueues queues, TimeProvider time)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var attempts = new Attempts(cancellationToken);
        foreach (var integration in (await integrations.AllAsync(attempts.Failed, cancellationToken)).Where(i => i is { RealTime: true, Paused: false }))
        {
            await attempts.TryAsync(integration.Id, () => AskForAsync(integration, cancellationToken));
        }

        attempts.ThrowIfAnyFailed("Some integrations could not be polled; the next tick tries again.");
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
}
