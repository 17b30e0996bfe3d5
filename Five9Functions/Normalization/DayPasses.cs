namespace Five9Functions.Normalization;

/// <summary>
/// A day's buckets in passes, each of which reads the raw days once and holds about as many rows as a table's client should: a row of
/// Table Storage takes some 3 KB until it is written. Pure.
/// </summary>
internal static class DayPasses
{
    public const int RowsOfPass = 20_000;

    /// <param name="rows">Of the day. Agents are spread over the buckets by a hash, so each has about as many.</param>
    public static IReadOnlyList<Range> Of(int buckets, int rows)
    {
        var passes = Math.Clamp((rows + RowsOfPass - 1) / RowsOfPass, 1, buckets);
        return [.. Enumerable.Range(0, passes).Select(i => (buckets * i / passes)..(buckets * (i + 1) / passes))];
    }
}
