using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>The raw days D-7 to D+1: all that the timeline of D may depend on.</summary>
internal sealed class ContextDays
{
    /// <summary>The longest state that is believed is 168 hours.</summary>
    public const int Before = 7;

    /// <summary>A state that the report cut at the day's end goes on in the next raw day.</summary>
    public const int After = 1;

    private readonly Dictionary<LocalDate, LocalDay> days;

    public ContextDays(LocalDay day)
    {
        days = Enumerable.Range(-Before, Before + 1 + After)
            .Select(day.PlusDays)
            .ToDictionary(known => known.Date);
    }

    public bool Contain(ReportedState row) => days.ContainsKey(row.Day);

    /// <summary>The local day in which the row starts.</summary>
    public LocalDay Of(ReportedState row) => days[row.Day];
}
