using Azure.Data.Tables;

namespace Five9Functions.Storage.Tables;

/// <summary>What partitions are to hold.</summary>
/// <param name="Inputs">The versions of everything that the rows were derived from, the rules included.</param>
/// <param name="Rows">All rows of a partition, in any order; asked for when the partition is written, so few need to exist at a time.</param>
public sealed record ProjectedContent(string Inputs, Func<string, IReadOnlyList<TableEntity>> Rows)
{
    /// <summary>A partition that never held a row gets a manifest all the same, because readers look at it.</summary>
    public bool TellsEmpty { get; init; }

    /// <summary>Read and compare what is stored, even where the manifest says that it is the same: somebody may have damaged rows.</summary>
    public bool Compare { get; init; }
}
