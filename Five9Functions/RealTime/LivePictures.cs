using Five9Functions.AgentStates;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>Reads who is in which state now, and how far that can be believed.</summary>
internal sealed class LivePictures(LiveStates states, IOptions<LiveOptions> options, TimeProvider time)
{
    // What nobody knows is not told under the name of the last thing that was known.
    private const string Unknown = "Unknown";

    public async Task<LivePicture> ReadAsync(Integration integration, CancellationToken cancellationToken)
    {
        var (session, agents) = await states.ReadAsync(integration.Id, cancellationToken);
        var (feed, reason) = LiveFreshness.Judge(integration, session, time.Now(), options.Value);
        var known = agents.Values.Select(agent => agent.State).OrderBy(state => state.Agent, StringComparer.Ordinal);
        return new LivePicture(session?.AsOf, feed, reason, feed == LiveFeed.Down ? [.. known.Select(state => Forgotten(state, session?.AsOf))] : [.. known]);
    }

    private static LiveAgentState Forgotten(LiveAgentState state, Instant? asOf) => state with
    {
        State = Unknown,
        Kind = StateKind.Unknown,
        Reason = null,
        CallType = null,
        Campaign = null,
        Since = asOf ?? state.AsOf,
    };
}
