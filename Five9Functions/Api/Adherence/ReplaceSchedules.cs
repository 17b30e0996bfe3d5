using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Five9Functions.Adherence;
using Five9Functions.Integrations;
using Five9Functions.Storage.Tables;
using NodaTime;

namespace Five9Functions.Api.Adherence;

/// <summary>What became of a replacement.</summary>
public enum ScheduleOutcome
{
    /// <summary>The window holds just what was wanted.</summary>
    Replaced,

    /// <summary>Two activities of an agent would be at once; nothing was changed.</summary>
    Overlap,

    /// <summary>Somebody else is at it, or took over from this one, who was too slow.</summary>
    Busy,
}

/// <summary>What a replacement wrote.</summary>
/// <param name="Overlaps">The first ones; none but with that outcome.</param>
public sealed record ScheduleReplacement(ScheduleOutcome Outcome, int Added, int Changed, int Deleted, IReadOnlyList<ScheduleOverlap> Overlaps)
{
    internal static readonly ScheduleReplacement Unchanged = new(ScheduleOutcome.Replaced, 0, 0, 0, []);

    internal static readonly ScheduleReplacement Busy = Unchanged with { Outcome = ScheduleOutcome.Busy };

    internal static ScheduleReplacement Refused(IReadOnlyList<ScheduleOverlap> overlaps) => Unchanged with { Outcome = ScheduleOutcome.Overlap, Overlaps = overlaps };
}

/// <summary>
/// Replaces the activities that start in a window. One replacement of an integration at a time; each moves the manifest of every
/// partition that it looks at, so one that was believed dead and wakes up can write nothing any more. What is wanted and stored already
/// is not written at all.
/// </summary>
public sealed class ReplaceSchedules(SchedulesTable schedules, ScheduleTurns turns)
{
    private const int MaxTries = 4;
    private const int MaxOverlaps = 50;

    /// <param name="window">On whole seconds.</param>
    /// <param name="wanted">Each starts in the window.</param>
    /// <exception cref="ProjectionConflictException">The outcome of writes stayed unknown: a repetition goes on with it.</exception>
    public async Task<ScheduleReplacement> RunAsync(Integration integration, Interval window, IReadOnlyList<ScheduledActivity> wanted, CancellationToken cancellationToken)
    {
        // While somebody has the turn, or died with it, what is stored may be half of what he wanted.
        var held = await turns.ReadAsync(integration.Id, cancellationToken);
        if (held.Value.Until is null && await DoneAsync(integration, window, wanted, cancellationToken) is { } done)
        {
            return done;
        }

        // An exception leaves the turn as it is: a write may still arrive, and nobody else may believe that it does not.
        if (await turns.TryTakeAsync(integration.Id, OwnerOf(window, wanted), cancellationToken) is not { } turn)
        {
            return ScheduleReplacement.Busy;
        }

        var replacement = await WriteAsync(integration, window, wanted, turn, cancellationToken);
        await turns.GiveBackAsync(integration.Id, turn, cancellationToken);
        return replacement;
    }

    /// <summary>What can be said without a write; null when something is to be written.</summary>
    private async Task<ScheduleReplacement?> DoneAsync(Integration integration, Interval window, IReadOnlyList<ScheduledActivity> wanted, CancellationToken cancellationToken)
    {
        var stored = await LoadAsync(integration, window, cancellationToken);
        return OverlapsOf(window, wanted, stored) is { Count: > 0 } overlaps ? ScheduleReplacement.Refused(overlaps)
            : Next(integration, window, wanted, stored).All(next => SchedulesTable.Holds(next.Manifest, next.Activities)) ? ScheduleReplacement.Unchanged
            : null;
    }

    private async Task<ScheduleReplacement> WriteAsync(Integration integration, Interval window, IReadOnlyList<ScheduledActivity> wanted, ScheduleTurn turn, CancellationToken cancellationToken)
    {
        var results = new ConcurrentBag<ProjectionResult>();
        for (var tries = 1; ; tries++)
        {
            // The turn is looked at after the manifests: whoever takes it later moves them.
            var stored = await LoadAsync(integration, window, cancellationToken);
            if (!await turns.IsHeldAsync(integration.Id, turn, cancellationToken))
            {
                return ScheduleReplacement.Busy;
            }

            if (OverlapsOf(window, wanted, stored) is { Count: > 0 } overlaps)
            {
                return ScheduleReplacement.Refused(overlaps);
            }

            try
            {
                await EachAsync(Next(integration, window, wanted, stored), async (next, token) => results.Add(await schedules.WriteAsync(next.Manifest, next.Activities, turn.Number, token)), cancellationToken);
                var total = results.Aggregate((left, right) => left + right);
                return ScheduleReplacement.Unchanged with { Added = total.Added, Changed = total.Changed, Deleted = total.Deleted };
            }
            catch (ProjectionConflictException) when (tries < MaxTries)
            {
                // Its own first try, whose answer was lost, or one that was believed dead: look again.
            }
        }
    }

    /// <summary>The partitions where something starts that is replaced, or that can overlap with what comes.</summary>
    private async Task<IReadOnlyList<SchedulePartition>> LoadAsync(Integration integration, Interval window, CancellationToken cancellationToken)
    {
        var dates = SchedulesTable.DaysOf(new Interval(window.Start, window.End + ScheduledActivity.MaxLength));
        var keys = dates.SelectMany(date => Enumerable.Range(0, integration.Buckets).Select(bucket => SchedulesKeys.Partition(integration.Id, date, bucket)));
        var partitions = new ConcurrentBag<SchedulePartition>();
        await EachAsync(keys, async (key, token) => partitions.Add(await schedules.LoadAsync(key, token)), cancellationToken);
        return [.. partitions];
    }

    private static IReadOnlyList<ScheduleOverlap> OverlapsOf(Interval window, IEnumerable<ScheduledActivity> wanted, IEnumerable<SchedulePartition> stored) =>
        ScheduleOverlaps.Of(wanted, stored.SelectMany(partition => partition.Activities).Where(activity => !window.Contains(activity.Start)), MaxOverlaps);

    /// <summary>What each partition is to hold.</summary>
    private static IEnumerable<SchedulePartition> Next(Integration integration, Interval window, IEnumerable<ScheduledActivity> wanted, IEnumerable<SchedulePartition> stored)
    {
        var byPartition = wanted.ToLookup(activity => SchedulesKeys.Partition(integration.Id, activity.Start, activity.Agent, integration.Buckets));
        return stored.Select(partition => partition with
        {
            Activities = [.. partition.Activities.Where(activity => !window.Contains(activity.Start)), .. byPartition[partition.Manifest.PartitionKey]],
        });
    }

    private static string OwnerOf(Interval window, IEnumerable<ScheduledActivity> wanted)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{window.Start} {window.End}\n"));
        foreach (var a in wanted.OrderBy(a => a.Agent, StringComparer.Ordinal).ThenBy(a => a.Start))
        {
            hash.AppendData(Encoding.UTF8.GetBytes($"{a.Agent}\0{a.Activity}\0{a.Type}\0{a.Start}\0{a.End}\n"));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];
    }

    private static Task EachAsync<T>(IEnumerable<T> all, Func<T, CancellationToken, ValueTask> action, CancellationToken cancellationToken) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = Projection.MaxInFlight, CancellationToken = cancellationToken }, action);
}
