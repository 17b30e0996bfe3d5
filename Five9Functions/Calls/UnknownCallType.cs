namespace Five9Functions.Calls;

/// <summary>A call type that is not known.</summary>
/// <param name="Name">As reported; empty for none.</param>
/// <param name="Rows">The rows that have it.</param>
/// <param name="Seconds">Their talk and after-call work time.</param>
public sealed record UnknownCallType(string Name, int Rows, long Seconds)
{
    /// <summary>As many are named; the others are counted alone.</summary>
    public const int MaxNames = 20;

    /// <summary>Counts a row.</summary>
    public static void Count(IDictionary<string, UnknownCallType> types, string name, long seconds)
    {
        if (types.TryGetValue(name, out var known))
        {
            types[name] = known with { Rows = known.Rows + 1, Seconds = known.Seconds + seconds };
        }
        else if (types.Count < MaxNames)
        {
            types[name] = new UnknownCallType(name, 1, seconds);
        }
    }

    /// <summary>Fax (3 rows, 120 s of work).</summary>
    public override string ToString() => $"{(Name.Length > 0 ? Name : "blank")} ({(Rows == 1 ? "1 row" : $"{Rows} rows")}, {Seconds} s of work)";
}
