namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>
/// Kills instances at random requests, before or after: three of four times at one of the next 200 requests to storage, else at one of
/// the next 4 calls to Five9. The seed decides these numbers; which request that is depends on how the functions happen to run.
/// </summary>
internal sealed class RandomKills
{
    private const int MaxRequests = 200;
    private const int MostCalls = 4;

    private readonly Lock _lock = new();
    private readonly Random _random;
    private int _most;
    private bool _atCall;
    private Moment _moment;
    private int _left;

    public RandomKills(int seed)
    {
        _random = new Random(seed);
        Draw();
    }

    public int Count { get; private set; }

    public int AtCalls { get; private set; }

    /// <summary>The last one, for the message of a failed assertion.</summary>
    public string Last { get; private set; } = "none";

    /// <summary>No more kills than this in all.</summary>
    public int Most
    {
        set
        {
            lock (_lock)
            {
                _most = value;
            }
        }
    }

    /// <summary>True once in so many times.</summary>
    public bool OneIn(int times)
    {
        lock (_lock)
        {
            return _random.Next(times) == 0;
        }
    }

    /// <summary>For <see cref="TestApp.KillAt"/>.</summary>
    public bool At(InstanceRequest request, Moment moment)
    {
        lock (_lock)
        {
            if (Count >= _most || request.IsPoll || moment != _moment || (_atCall && request.Call is null) || --_left > 0)
            {
                return false;
            }

            Count++;
            AtCalls += request.Call is null ? 0 : 1;
            Last = $"{moment} {request.Name}";
            Draw();
            return true;
        }
    }

    private void Draw()
    {
        _atCall = _random.Next(4) == 0;
        _moment = (Moment)_random.Next(2);
        _left = _random.Next(1, 1 + (_atCall ? MostCalls : MaxRequests));
    }
}
