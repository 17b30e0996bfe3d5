using NodaTime;

namespace Five9Functions.Five9.Reports;

/// <summary>Finds rows of one key that start in the same second: mostly there are few, so nothing is held for the others.</summary>
internal static class SameStarts
{
    /// <returns>Indexes of rows, at least two together.</returns>
    public static IEnumerable<List<int>> Of(IReadOnlyList<ReportRow> rows)
    {
        var first = new Dictionary<(string, Instant), int>(rows.Count);
        var repeated = new Dictionary<(string, Instant), List<int>>();
        for (var i = 0; i < rows.Count; i++)
        {
            var key = (rows[i].Key, rows[i].Start);
            if (first.TryAdd(key, i))
            {
                continue;
            }

            if (!repeated.TryGetValue(key, out var same))
            {
                repeated[key] = same = [first[key]];
            }

            same.Add(i);
        }

        return repeated.Values;
    }
}
