namespace Five9Functions.Storage.Tables;

/// <summary>What a projection is known to have written.</summary>
/// <param name="Transactions">Writes that were sent, each whole or not at all; a manifest on its own is one.</param>
/// <param name="Conflicts">How often it started again because another writer was there, or an outcome was unknown.</param>
public readonly record struct ProjectionResult(int Added, int Changed, int Deleted, int Transactions, int Conflicts)
{
    public static ProjectionResult operator +(ProjectionResult left, ProjectionResult right) => new(
        left.Added + right.Added,
        left.Changed + right.Changed,
        left.Deleted + right.Deleted,
        left.Transactions + right.Transactions,
        left.Conflicts + right.Conflicts);
}
