using System.Threading.Channels;
using Five9Functions.LocalHost.Simulator;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Agents who are in the states that a test puts them in. Times of 2026-11-02 UTC are written "20:50:00".</summary>
internal sealed class LiveCentre : ILiveSource
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, LiveRow> _agents = new(StringComparer.Ordinal);
    private readonly Channel<Instant> _looks = Channel.CreateUnbounded<Instant>();

    public static Instant At(string time) => InstantPattern.General.Parse($"2026-11-02T{time}Z").Value;

    public LiveCentre Put(string agent, string state, string since, string reason = "", string callType = "", string campaign = "")
    {
        lock (_lock)
        {
            _agents[agent] = new LiveRow(agent, agent, state, reason, At(since), callType, campaign);
        }

        return this;
    }

    public void Remove(string agent)
    {
        lock (_lock)
        {
            _agents.Remove(agent);
        }
    }

    public IReadOnlyList<LiveRow> At(Instant now)
    {
        _looks.Writer.TryWrite(now);
        lock (_lock)
        {
            return [.. _agents.Values];
        }
    }

    /// <summary>Completes when Five9, after whatever it looked at before this, has looked twice: a call that it did not answer after the first look is held.</summary>
    public async Task WhenHeldAsync(CancellationToken cancellationToken)
    {
        while (_looks.Reader.TryRead(out _))
        {
        }

        for (var look = 0; look < 2; look++)
        {
            await _looks.Reader.ReadAsync(cancellationToken);
        }
    }
}
