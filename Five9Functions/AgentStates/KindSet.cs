namespace Five9Functions.AgentStates;

/// <summary>A set of kinds: one bit for each rank.</summary>
internal readonly record struct KindSet(int Bits)
{
    public KindSet With(StateKind kind) => new(Bits | (1 << (int)kind));

    public KindSet Without(StateKind kind) => new(Bits & ~(1 << (int)kind));

    public KindSet Union(KindSet other) => new(Bits | other.Bits);

    /// <summary>The kinds, best rank first.</summary>
    public IReadOnlyList<StateKind> ByRank()
    {
        if (Bits == 0)
        {
            return [];
        }

        var kinds = new List<StateKind>();
        for (var kind = StateKind.Call; kind <= StateKind.LoggedOut; kind++)
        {
            if ((Bits & (1 << (int)kind)) != 0)
            {
                kinds.Add(kind);
            }
        }

        return kinds;
    }
}
