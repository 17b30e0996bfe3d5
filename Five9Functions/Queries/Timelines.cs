using System.Runtime.CompilerServices;
using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>A segment as a reader gets it.</summary>
/// <param name="Date">The local day that it lies in.</param>
/// <param name="Provisional">It can still change: it is open, or was not read again an hour after its end.</param>
public sealed record TimelineRow(LocalDate Date, Segment Segment, bool Provisional);

/// <summary>An agent who has segments in a window.</summary>
/// <param name="Name">The display name that was told last; empty for none.</param>
/// <param name="First">The start of the first segment.</param>
/// <param name="Last">The end of the last one.</param>
public sealed record KnownAgent(string Agent, string Name, Instant First, Instant Last);

/// <summary>Where a reading begins: with this segment or, if it is gone, with the next one.</summary>
public sealed record TimelinePosition(LocalDate Date, string Agent, Instant Start);

/// <summary>Reads the clean timelines. Holds one bucket of one day at a time; for the agents of a window, of some days.</summary>
public sealed class Timelines(ReportDayTable days, AgentStatesTable states, AgentStateDayReader sources, TimeProvider time)
{
    private const int DaysAtATime = 8;

    /// <summary>The segments that the window touches, whole: by local day, in it by bucket, then agent (ordinal), then start. So the segments of an agent lie together, and in the same order each time.</summary>
    /// <param name="agent">Null for all.</param>
    /// <exception cref="ProjectionConflictException">A day kept changing while it was read: read it again later.</exception>
    public async IAsyncEnumerable<TimelineRow> ReadAsync(
        Integration integration, Interval window, string? agent, TimelinePosition? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dates = LocalDates.Of(window, integration.DateTimeZone, time.Now(), from?.Date);
        if (dates.Count == 0)
        {
            yield break;
        }

        // Before the segments: so these are at least as new as the ledger that they are judged by.
        var ledgers = (await days.BetweenAsync(integration.Id, ReportNames.AgentStates, dates[0], dates[^1], cancellationToken)).ToDictionary(day => day.Id.Date);
        foreach (var date in dates)
        {
            var ledger = ledgers.GetValueOrDefault(date);
            var read = new ReadTimes(ledger?.Windows ?? []);
            var isOld = ledger is null || ledger.NormalizedVersion < ledger.LandedVersion;
            var begin = from?.Date == date ? from : null;
            foreach (var bucket in BucketsOf(integration, agent).Where(b => begin is null || b >= BucketOf(integration, begin.Agent)))
            {
                var segments = await states.ReadBucketAsync(integration.Id, date, integration.Buckets, bucket, agent, cancellationToken);
                foreach (var segment in segments.Where(s => s.Start < window.End && s.End > window.Start && IsFrom(s, bucket)))
                {
                    yield return new(date, segment, segment.Open || isOld || read.IsProvisional(new Interval(segment.Start, segment.End)));
                }
            }

            bool IsFrom(Segment segment, int bucket) => begin is null
                || bucket > BucketOf(integration, begin.Agent)
                || string.CompareOrdinal(segment.Agent, begin.Agent) is var order && (order > 0 || (order == 0 && segment.Start >= begin.Start));
        }
    }

    /// <summary>The agents with segments in the window, by bucket, then agent (ordinal). Holds the agents of one bucket at a time.</summary>
    /// <param name="from">The agent that it begins with.</param>
    /// <exception cref="ProjectionConflictException">A day kept changing while it was read: read it again later.</exception>
    public async IAsyncEnumerable<KnownAgent> AgentsAsync(Integration integration, Interval window, string? from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var dates = LocalDates.Of(window, integration.DateTimeZone, time.Now());
        var first = from is null ? 0 : BucketOf(integration, from);
        for (var bucket = first; bucket < integration.Buckets; bucket++)
        {
            var agents = await AgentsOfBucketAsync(integration, window, dates, bucket, cancellationToken);
            foreach (var agent in agents.Values.Where(agent => bucket > first || from is null || string.CompareOrdinal(agent.Agent, from) >= 0))
            {
                yield return agent;
            }
        }
    }

    /// <summary>One agent's local days that the window touches, as they follow from what is held now, explained; in order.</summary>
    /// <exception cref="RawDayChangedException">A raw day kept changing while it was read: read it again later.</exception>
    public async Task<IReadOnlyList<ExplainedAgentDay>> ExplainAsync(Integration integration, Interval window, string agent, CancellationToken cancellationToken)
    {
        var explained = new List<ExplainedAgentDay>();
        foreach (var date in LocalDates.Of(window, integration.DateTimeZone, time.Now()))
        {
            var day = new LocalDay(date, integration.DateTimeZone);
            explained.Add(await sources.ExplainAsync(new RawDayId(integration.Id, ReportNames.AgentStates, date), day, agent, cancellationToken));
        }

        return explained;
    }

    private async Task<SortedDictionary<string, KnownAgent>> AgentsOfBucketAsync(
        Integration integration, Interval window, IReadOnlyList<LocalDate> dates, int bucket, CancellationToken cancellationToken)
    {
        var ofDays = new SortedDictionary<string, KnownAgent>[dates.Count];
        await Parallel.ForEachAsync(Enumerable.Range(0, dates.Count), new ParallelOptions { MaxDegreeOfParallelism = DaysAtATime, CancellationToken = cancellationToken }, async (i, token) =>
        {
            var segments = await states.ReadBucketAsync(integration.Id, dates[i], integration.Buckets, bucket, agent: null, token);
            ofDays[i] = Fold(segments.Where(s => s.Start < window.End && s.End > window.Start).Select(s => new KnownAgent(s.Agent, s.AgentName, s.Start, s.End)));
        });
        return Fold(ofDays.SelectMany(day => day.Values));
    }

    /// <param name="parts">Those of an agent in order of time.</param>
    private static SortedDictionary<string, KnownAgent> Fold(IEnumerable<KnownAgent> parts)
    {
        var agents = new SortedDictionary<string, KnownAgent>(StringComparer.Ordinal);
        foreach (var part in parts)
        {
            agents[part.Agent] = agents.TryGetValue(part.Agent, out var known) ? known with { Name = part.Name.Length > 0 ? part.Name : known.Name, Last = part.Last } : part;
        }

        return agents;
    }

    private static IEnumerable<int> BucketsOf(Integration integration, string? agent) => agent is null ? Enumerable.Range(0, integration.Buckets) : [BucketOf(integration, agent)];

    private static int BucketOf(Integration integration, string agent) => AgentStatesKeys.Bucket(agent, integration.Buckets);
}
