namespace Five9Functions.Storage.Tables;

/// <summary>What a projection is known to have written.</summary>
/// <param name="Transactions">Writes that were sent, each whole or not at all; a manifest on its own is one.</param>
/// <param name="Conflicts">How often it started again because another writer was there, or an outcome was unknown.</param>
public readonly record struct ProjectionResult(int Added, int Changed, int Deleted, int Transactions, int Conflicts)
{
    private readonly IReadOnlyList<RefusedRow>? _refused;

    /// <summary>Rows that were derived and are not in the table, because it refuses them; whether found out now or before.</summary>
    public IReadOnlyList<RefusedRow> Refused
    {
        get => _refused ?? [];
        init => _refused = value.Count > 0 ? value : null;
    }

    /// <summary>The sums of two partitions, and the refused rows of both.</summary>
    public static ProjectionResult operator +(ProjectionResult left, ProjectionResult right) => new(
        left.Added + right.Added,
        left.Changed + right.Changed,
        left.Deleted + right.Deleted,
        left.Transactions + right.Transactions,
        left.Conflicts + right.Conflicts)
    {
        Refused = [.. left.Refused, .. right.Refused],
    };
}
