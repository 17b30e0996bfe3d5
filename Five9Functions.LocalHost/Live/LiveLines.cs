using Five9Functions.Problems;
using Five9Functions.RealTime;
using NodaTime;

namespace Five9Functions.LocalHost.Live;

/// <summary>What a picture tells that the one before did not, for a file or a pipe: the feed when it changes, how many are in each state when anybody's changes, and each change.</summary>
internal sealed class LiveLines(string integration, DateTimeZone zone)
{
    private LiveSnapshot? _before;

    public IEnumerable<string> Of(LiveSnapshot picture)
    {
        var before = _before;
        _before = picture;
        if (before is null || (before.Feed, before.Reason) != (picture.Feed, picture.Reason))
        {
            yield return $"{integration}: {picture.Feed.Code()}{(picture.AsOf is { } asOf ? $", as of {LiveBoard.Time(asOf, zone)}" : "")}{(picture.Reason is { } reason ? $". {reason}" : "")}";
        }

        var known = before?.Agents.ToDictionary(agent => agent.Agent, StringComparer.Ordinal) ?? [];
        var changed = picture.Agents.Where(agent => known.GetValueOrDefault(agent.Agent) != agent).ToList();
        if (changed.Count == 0)
        {
            yield break;
        }

        // The first picture, and one in which nobody is known any more or is known again, say all at once.
        foreach (var agent in before is null or { Feed: LiveFeed.Down } || picture.Feed == LiveFeed.Down ? [] : changed)
        {
            string?[] more = [agent.Reason, agent.CallType, agent.Campaign];
            yield return $"{integration}: {LiveBoard.Time(agent.Since, zone)}  {agent.Agent}: {string.Join(", ", more.Prepend(agent.State).OfType<string>())}";
        }

        yield return $"{integration}: {(LiveBoard.Summary(picture.Agents) is { Length: > 0 } summary ? summary : "nobody is logged in")}";
    }
}
