namespace Five9Functions.LocalHost.Simulator;

/// <summary>A small random sequence that is the same everywhere and for ever (Steele, Lea, Flood: SplitMix64). Nothing secret comes from it.</summary>
internal struct SplitMix64(ulong state)
{
    private ulong _state = state;

    /// <summary>A sequence of its own for each combination of keys.</summary>
    public static SplitMix64 Of(params ReadOnlySpan<int> keys)
    {
        var random = new SplitMix64(0);
        foreach (var key in keys)
        {
            random = new SplitMix64(random.NextUInt64() ^ unchecked((uint)key));
        }

        return random;
    }

    /// <summary>From <paramref name="from"/> up to, but not including, <paramref name="to"/>.</summary>
    public int Next(int from, int to) => from + (int)(NextUInt64() % (ulong)(to - from));

    public bool OneIn(int n) => Next(0, n) == 0;

    private ulong NextUInt64()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
