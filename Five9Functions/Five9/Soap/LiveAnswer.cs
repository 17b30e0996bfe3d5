namespace Five9Functions.Five9.Soap;

/// <summary>All agents at one moment.</summary>
/// <param name="Rows">The values of each agent in the order of the columns; empty for none.</param>
/// <param name="Timestamp">Five9's own mark of this moment.</param>
public sealed record LiveStatistics(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string>> Rows, long Timestamp);

/// <summary>What changed since an answer; nothing at all when Five9 waited in vain.</summary>
/// <param name="Added">Agents who were not told of before.</param>
/// <param name="Deleted">Agents who are not told of any more.</param>
/// <param name="Timestamp">Five9's own mark of this moment; null when there is none, and the one before goes on serving.</param>
public sealed record LiveUpdate(IReadOnlyList<string> Added, IReadOnlyList<LiveValue> Values, IReadOnlyList<string> Deleted, long? Timestamp)
{
    public bool IsEmpty => Added.Count == 0 && Values.Count == 0 && Deleted.Count == 0;
}

/// <summary>A value that is another one now.</summary>
public sealed record LiveValue(string Agent, string Column, string Value);
