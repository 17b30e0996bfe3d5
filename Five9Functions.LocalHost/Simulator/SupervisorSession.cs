using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The one session of the simulator's user: whose it is, when it ends by itself, and what was told with which timestamp.</summary>
internal sealed class SupervisorSession
{
    private const int Remembered = 20;

    private readonly List<(long Timestamp, IReadOnlyDictionary<string, LiveRow> Agents)> _told = [];

    public bool IsSomebodyElses { get; init; }

    /// <summary>Null for never.</summary>
    public required Duration? Idle { get; init; }

    public required Instant LastCall { get; set; }

    public IReadOnlyList<string> Columns { get; private set; } = [];

    public bool IsOver(Instant now) => Idle is { } idle && now >= LastCall + idle;

    /// <summary>Remembers what is told, with a timestamp that none before has.</summary>
    public long Tell(IReadOnlyDictionary<string, LiveRow> agents, Instant now)
    {
        var timestamp = Math.Max(now.ToUnixTimeMilliseconds(), _told.Count == 0 ? 0 : _told[^1].Timestamp + 1);
        _told.Add((timestamp, agents));
        if (_told.Count > Remembered)
        {
            _told.RemoveAt(0);
        }

        return timestamp;
    }

    public void AskFor(IReadOnlyList<string> columns) => Columns = columns;

    public bool WasTold => _told.Count > 0;

    /// <summary>Null when the timestamp is not known, or not any more.</summary>
    public IReadOnlyDictionary<string, LiveRow>? ToldAt(long timestamp) => _told.Find(told => told.Timestamp == timestamp).Agents;
}
