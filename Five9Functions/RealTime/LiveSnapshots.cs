using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Time;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.RealTime;

/// <summary>Reads who is in which state now, and how far that can be believed.</summary>
public sealed class LiveSnapshots(LiveStateTable states, IOptions<LiveOptions> options, TimeProvider time)
{
    // What nobody knows is not told under the name of the last thing that was known.
    private const string Unknown = "Unknown";

    public async Task<LiveSnapshot> ReadAsync(Integration integration, CancellationToken cancellationToken) => (await ReadWithVersionAsync(integration, cancellationToken)).Picture;

    /// <summary>What names the picture as it is: another one has another name. It is told by one row.</summary>
    public async Task<string> VersionAsync(Integration integration, CancellationToken cancellationToken) =>
        Version(integration, (await states.FindSessionAsync(integration.Id, cancellationToken))?.Value).Text;

    /// <summary>How the feed is, without the agents: it is told by one row.</summary>
    public async Task<(LiveFeed Feed, Instant? AsOf, string? Reason)> FeedAsync(Integration integration, CancellationToken cancellationToken)
    {
        var session = (await states.FindSessionAsync(integration.Id, cancellationToken))?.Value;
        var (feed, reason) = LiveFreshness.Judge(integration, session, time.Now(), options.Value);
        return (feed, session?.AsOf, reason);
    }

    public async Task<(LiveSnapshot Picture, string Version)> ReadWithVersionAsync(Integration integration, CancellationToken cancellationToken)
    {
        var (session, agents) = await states.ReadAsync(integration.Id, cancellationToken);
        var (feed, reason, version) = Version(integration, session);
        var known = agents.Values.Select(agent => agent.State).OrderBy(state => state.Agent, StringComparer.Ordinal);
        return (new LiveSnapshot(session?.AsOf, feed, reason, feed == LiveFeed.Down ? [.. known.Select(state => Forgotten(state, session?.AsOf))] : [.. known]), version);
    }

    // All that the picture follows from: the agents' rows change with the session's version and in no other way.
    private (LiveFeed Feed, string? Reason, string Text) Version(Integration integration, LiveSession? session)
    {
        var (feed, reason) = LiveFreshness.Judge(integration, session, time.Now(), options.Value);
        return (feed, reason, $"{session?.Version} {session?.AsOf?.ToUnixTimeTicks()} {feed} {reason}");
    }

    private static LiveAgentState Forgotten(LiveAgentState state, Instant? asOf) => state with
    {
        State = Unknown,
        Kind = StateKind.Unknown,
        Reason = null,
        CallType = null,
        Campaign = null,
        Since = asOf ?? state.AsOf,
        Before = null,
    };
}
