using System.Runtime.CompilerServices;
using Five9Functions.Five9.Reports;

namespace Five9Functions.Storage.RawDays;

/// <summary>Walks several raw days side by side. Each is in the order of its keys, so the rows of one key are next to each other in all of them.</summary>
internal static class RowsByKey
{
    /// <summary>The rows of one key at a time, keys in ordinal order; in them by raw day, as <paramref name="days"/> stand, then in the order of its rows.</summary>
    /// <param name="keys">Which keys are wanted.</param>
    /// <exception cref="RawDayChangedException">A day was changed while it was read: open all of them again.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<(RawDayHeader Day, ReportRow Row)>> ReadAsync(
        IReadOnlyList<RawDayReader> days, Func<string, bool> keys, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var cursors = days.Select(day => (day.Header, Rows: day.RowsAsync(keys, cancellationToken).GetAsyncEnumerator(cancellationToken))).ToList();
        try
        {
            var open = new List<(RawDayHeader Header, IAsyncEnumerator<ReportRow> Rows)>();
            foreach (var cursor in cursors)
            {
                if (await cursor.Rows.MoveNextAsync())
                {
                    open.Add(cursor);
                }
            }

            while (open.Count > 0)
            {
                var key = open.Select(c => c.Rows.Current.Key).Min(StringComparer.Ordinal)!;
                var rows = new List<(RawDayHeader, ReportRow)>();
                foreach (var cursor in open.ToList())
                {
                    while (cursor.Rows.Current.Key == key)
                    {
                        rows.Add((cursor.Header, cursor.Rows.Current));
                        if (!await cursor.Rows.MoveNextAsync())
                        {
                            open.Remove(cursor);
                            break;
                        }
                    }
                }

                yield return rows;
            }
        }
        finally
        {
            foreach (var cursor in cursors)
            {
                await cursor.Rows.DisposeAsync();
            }
        }
    }
}
