using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Five9Functions.Adherence;
using Five9Functions.AgentStates;
using Five9Functions.Integrations;
using Five9Functions.RealTime;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Queries;

/// <summary>An agent's seconds in a window.</summary>
public sealed record AgentAdherence(string Agent, AdherenceSums Sums);

/// <summary>Time that was spent in a state.</summary>
/// <param name="Reason">The reason code; empty for none.</param>
public sealed record StateTime(string State, string Reason, StateKind Kind, long Seconds);

/// <summary>Reads what adherence follows from, and judges it by the rules of now.</summary>
public sealed class AdherenceResults(ReportDayTable days, AgentStatesTable states, SchedulesTable schedules, ActivitiesTable activities, Timelines timelines, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>Those who were scheduled or did something in the window, by bucket, then agent (ordinal). Holds some days of one bucket at a time.</summary>
    /// <param name="window">On whole seconds.</param>
    /// <param name="agent">Null for all.</param>
    /// <exception cref="ProjectionConflictException">A day kept changing while it was read: read it again later.</exception>
    public async IAsyncEnumerable<AgentAdherence> WindowAsync(Integration integration, Interval window, string? agent, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var map = new ActivityMap((await activities.ReadAsync(integration.Id, cancellationToken)).Value.Rules);

        // Before the segments: so these are at least as new as the ledger that says what is known.
        var known = await KnownAsync(integration, Around(window), cancellationToken);
        foreach (var bucket in agent is null ? Enumerable.Range(0, integration.Buckets) : [AgentStatesKeys.Bucket(agent, integration.Buckets)])
        {
            foreach (var (name, sums) in await BucketAsync(integration, window, bucket, agent, map, known, cancellationToken))
            {
                yield return new(name, sums);
            }
        }
    }

    /// <summary>What everybody is at this moment whom the feed tells of or who is scheduled, by login (ordinal).</summary>
    public async Task<IReadOnlyList<AgentNow>> NowAsync(Integration integration, LiveSnapshot picture, CancellationToken cancellationToken)
    {
        var now = time.Now().WholeSecond();
        var rules = (await activities.ReadAsync(integration.Id, cancellationToken)).Value.Rules;
        var scheduled = await schedules.ReachingIntoAsync(integration.Id, new Interval(now - CurrentAdherence.Back, now + Duration.FromSeconds(1)), cancellationToken).ToListAsync(cancellationToken);
        var map = new ActivityMap(rules);
        var agents = CurrentAdherence.Of(picture, scheduled, map, now, EarlierStates.None);
        var unsure = agents.Where(agent => CurrentAdherence.MayHaveBegunBefore(agent, rules.Tolerances)).ToList();
        return unsure.Count == 0 ? agents : CurrentAdherence.Of(picture, scheduled, map, now, await EarlierAsync(integration, unsure, new Interval(now - CurrentAdherence.Back, now), cancellationToken));
    }

    /// <summary>The states of a window that stand for nothing, the longest first.</summary>
    /// <inheritdoc cref="WindowAsync" path="/exception"/>
    public async Task<IReadOnlyList<StateTime>> UnmappedAsync(Integration integration, Interval window, ActivityRules rules, CancellationToken cancellationToken)
    {
        var map = new ActivityMap(rules);
        var unmapped = new Dictionary<(string State, string Reason, StateKind Kind), long>();
        await foreach (var (_, segment, _) in timelines.ReadAsync(integration, window, agent: null, from: null, cancellationToken))
        {
            if (segment.Kind != StateKind.LoggedOut && map.ActivityOf(ActualState.Of(segment)) is null)
            {
                var length = Instant.Min(segment.End, window.End) - Instant.Max(segment.Start, window.Start);
                var state = (segment.State, segment.ReasonCode, segment.Kind);
                unmapped[state] = unmapped.GetValueOrDefault(state) + (long)length.TotalSeconds;
            }
        }

        return
        [
            .. unmapped.Select(state => new StateTime(state.Key.State, state.Key.Reason, state.Key.Kind, state.Value))
                .OrderByDescending(state => state.Seconds).ThenBy(state => state.State, StringComparer.Ordinal).ThenBy(state => state.Reason, StringComparer.Ordinal),
        ];
    }

    /// <summary>The timelines of those whose state began where the past is known: of the last minutes it seldom is.</summary>
    private async Task<EarlierStates> EarlierAsync(Integration integration, IReadOnlyList<AgentNow> agents, Interval back, CancellationToken cancellationToken)
    {
        var known = await KnownAsync(integration, back, cancellationToken);
        var dates = LocalDates.Of(back, integration.DateTimeZone, time.Now());
        var earlier = new ConcurrentDictionary<string, IReadOnlyList<ActualState>>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(
            agents.Where(agent => known.Any(window => window.Start < agent.Since && agent.Since <= window.End)).Select(agent => agent.Agent),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (agent, token) =>
            {
                var bucket = AgentStatesKeys.Bucket(agent, integration.Buckets);
                var segments = new List<ActualState>();
                foreach (var date in dates)
                {
                    segments.AddRange((await states.ReadBucketAsync(integration.Id, date, integration.Buckets, bucket, agent, token)).Select(ActualState.Of));
                }

                earlier[agent] = segments;
            });
        return new(earlier, known);
    }

    private static Interval Around(Interval window) => new(window.Start - AdherenceTimeline.Margin, window.End + AdherenceTimeline.Margin);

    /// <summary>What was read and is derived.</summary>
    private async Task<IReadOnlyList<Interval>> KnownAsync(Integration integration, Interval window, CancellationToken cancellationToken)
    {
        var (first, last) = (LocalDay.Of(window.Start, integration.DateTimeZone).Date, LocalDay.Of(window.End, integration.DateTimeZone).Date);
        var ledgers = await days.BetweenAsync(integration.Id, ReportNames.AgentStates, first, last, cancellationToken);
        return IntervalMath.Merge(ledgers.Where(day => day.NormalizedVersion >= day.LandedVersion).SelectMany(day => day.Windows).Select(w => new Interval(w.From, w.To)));
    }

    // Day by day: the sums of neighbouring windows add up, so no more than a day and what is around it has to be held.
    private async Task<IReadOnlyDictionary<string, AdherenceSums>> BucketAsync(
        Integration integration, Interval window, int bucket, string? agent, ActivityMap map, IReadOnlyList<Interval> known, CancellationToken cancellationToken)
    {
        var sums = new SortedDictionary<string, AdherenceSums>(StringComparer.Ordinal);
        var segments = new DayCache<Segment>(date => states.ReadBucketAsync(integration.Id, date, integration.Buckets, bucket, agent, cancellationToken));
        var planned = new DayCache<ScheduledActivity>(date => schedules.ReadDayAsync(integration.Id, date, bucket, agent, cancellationToken));
        for (var day = LocalDay.Of(window.Start, integration.DateTimeZone); day.Start < window.End; day = day.PlusDays(1))
        {
            if (IntervalMath.Intersect(window, new Interval(day.Start, day.End)) is not { } part)
            {
                continue;
            }

            var around = Around(part);
            var done = (await segments.ReadAsync(LocalDates.Of(around, integration.DateTimeZone, time.Now()))).ToLookup(segment => segment.Agent, StringComparer.Ordinal);
            var plans = (await planned.ReadAsync(SchedulesTable.DaysOf(around))).ToLookup(activity => activity.Agent, StringComparer.Ordinal);
            foreach (var name in done.Select(group => group.Key).Union(plans.Select(group => group.Key), StringComparer.Ordinal))
            {
                var activity = new AgentActivity([.. plans[name].OrderBy(a => a.Start)], [.. done[name].Select(ActualState.Of)], known);
                var ofDay = AdherenceSums.Of(activity, map, part);
                if (ofDay != default)
                {
                    sums[name] = sums.GetValueOrDefault(name) + ofDay;
                }
            }
        }

        return sums;
    }
}
