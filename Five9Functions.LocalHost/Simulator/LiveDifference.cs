namespace Five9Functions.LocalHost.Simulator;

/// <summary>What one answer tells of all that changed.</summary>
/// <param name="After">The agents as they are once the answer is taken in.</param>
internal sealed record LiveDifference(
    IReadOnlyList<string> Added, IReadOnlyList<(string Agent, string Column, string Value)> Values, IReadOnlyList<string> Deleted, IReadOnlyDictionary<string, LiveRow> After)
{
    public bool IsEmpty => Added.Count == 0 && Values.Count == 0 && Deleted.Count == 0;

    /// <param name="values">The values of an agent by column.</param>
    /// <param name="most">Agents that one answer tells of; 0 for all. The others are told of by the next one.</param>
    public static LiveDifference Of(
        IReadOnlyDictionary<string, LiveRow> before, IReadOnlyDictionary<string, LiveRow> now, Func<LiveRow, IEnumerable<(string Column, string Value)>> values, int most)
    {
        var (added, changed, deleted, after) = (new List<string>(), new List<(string, string, string)>(), new List<string>(), new SortedDictionary<string, LiveRow>(before.ToDictionary(), StringComparer.Ordinal));
        var told = 0;
        foreach (var agent in before.Keys.Union(now.Keys).Order(StringComparer.Ordinal))
        {
            var (was, has) = (before.GetValueOrDefault(agent), now.GetValueOrDefault(agent));
            if (was == has)
            {
                continue;
            }

            if (most > 0 && told == most)
            {
                break;
            }

            told++;
            if (has is null)
            {
                deleted.Add(agent);
                after.Remove(agent);
                continue;
            }

            if (was is null)
            {
                added.Add(agent);
            }

            changed.AddRange(values(has).Except(was is null ? [] : values(was)).Select(value => (agent, value.Column, value.Value)));
            after[agent] = has;
        }

        return new LiveDifference(added, changed, deleted, after);
    }
}
