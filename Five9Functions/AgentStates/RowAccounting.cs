namespace Five9Functions.AgentStates;

/// <summary>What became of the rows of a raw day: each is in exactly one class, so <see cref="Rows"/> is the sum of the others.</summary>
public readonly record struct RowAccounting(int Visible, int Absorbed, int Duplicate, int Marker, int Quarantined)
{
    public int Rows => Visible + Absorbed + Duplicate + Marker + Quarantined;

    public static RowAccounting operator +(RowAccounting left, RowAccounting right) => new(
        left.Visible + right.Visible,
        left.Absorbed + right.Absorbed,
        left.Duplicate + right.Duplicate,
        left.Marker + right.Marker,
        left.Quarantined + right.Quarantined);
}
