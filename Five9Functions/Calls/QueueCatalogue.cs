using NodaTime;

namespace Five9Functions.Calls;

/// <summary>A queue of the connected system.</summary>
/// <param name="FirstSeen">The start of the first leg that was ever seen of it, in UTC; null for one that no call has named.</param>
/// <param name="LastSeen">The start of the last one.</param>
/// <param name="Listed">Five9 named it when it was last asked for its queues.</param>
/// <param name="GoneSince">When Five9 was asked and no longer named it, in UTC; null while it is active.</param>
public sealed record KnownQueue(string Queue, Instant? FirstSeen, Instant? LastSeen, bool Listed, Instant? GoneSince)
{
    public bool IsActive => GoneSince is null;
}

/// <summary>
/// The queues of one grouping, from what calls name and what Five9 lists. It only grows: a queue stays, whatever becomes of its calls.
/// What calls name can be added in any order, and twice.
/// </summary>
/// <param name="ListedAt">When Five9 was last asked, in UTC; null for never.</param>
public sealed record QueueCatalogue(Instant? ListedAt, IReadOnlyList<KnownQueue> Queues)
{
    private static readonly string[] NobodysQueues = [QueueNames.NoCampaign, QueueNames.NoSkill, QueueNames.Deleted];

    public static QueueCatalogue Empty { get; } = new(null, []);

    public QueueCatalogue See(IEnumerable<QueueSighting> sightings)
    {
        var queues = Queues.ToDictionary(queue => queue.Queue, StringComparer.Ordinal);
        foreach (var (name, first, last) in sightings)
        {
            var known = queues.GetValueOrDefault(name) ?? new KnownQueue(name, null, null, Listed: false, GoneSince: ListedAt);
            known = known with
            {
                FirstSeen = known.FirstSeen is { } earlier ? Instant.Min(earlier, first) : first,
                LastSeen = known.LastSeen is { } later ? Instant.Max(later, last) : last,
            };

            // A call that came after Five9 was asked shows more than the answer did.
            queues[name] = known with { GoneSince = IsOfNobody(name) || known.LastSeen > ListedAt ? null : known.GoneSince };
        }

        return this with { Queues = Ordered(queues.Values) };
    }

    /// <summary>What Five9 said of its queues at an instant. An empty answer is not believed where queues were listed before.</summary>
    public QueueCatalogue List(IEnumerable<string> names, Instant at)
    {
        var listed = names.Where(name => name.Length > 0).ToHashSet(StringComparer.Ordinal);
        if (listed.Count == 0 && Queues.Any(queue => queue.Listed))
        {
            return this with { ListedAt = at };
        }

        var queues = Queues.Select(queue => listed.Contains(queue.Queue)
            ? queue with { Listed = true, GoneSince = null }
            : queue with { Listed = false, GoneSince = IsOfNobody(queue.Queue) ? null : queue.GoneSince ?? at });
        var added = listed.Except(Queues.Select(queue => queue.Queue)).Select(name => new KnownQueue(name, null, null, Listed: true, GoneSince: null));
        return new(at, Ordered(queues.Concat(added)));
    }

    /// <summary>Five9 never lists what stands for none, or for something deleted.</summary>
    private static bool IsOfNobody(string queue) => NobodysQueues.Contains(queue);

    private static KnownQueue[] Ordered(IEnumerable<KnownQueue> queues) => [.. queues.OrderBy(queue => queue.Queue, StringComparer.Ordinal)];
}
