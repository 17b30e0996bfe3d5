using NodaTime;

namespace Five9Functions.Queries;

/// <summary>Rows by date, for whoever goes through dates in order and looks at some around each: every date is read once, and forgotten when it is passed.</summary>
internal sealed class DayCache<T>(Func<LocalDate, Task<IReadOnlyList<T>>> read)
{
    private readonly SortedDictionary<LocalDate, IReadOnlyList<T>> _days = [];

    /// <summary>The rows of some dates in their order; no date before them will be asked for again.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync(IReadOnlyList<LocalDate> dates)
    {
        foreach (var passed in _days.Keys.Where(date => dates.Count == 0 || date < dates[0]).ToList())
        {
            _days.Remove(passed);
        }

        var rows = new List<T>();
        foreach (var date in dates)
        {
            if (!_days.TryGetValue(date, out var day))
            {
                _days[date] = day = await read(date);
            }

            rows.AddRange(day);
        }

        return rows;
    }
}
