using Five9Functions.Problems;
using Five9Functions.Storage;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>What is not whole in a day that was read, in sentences. Pure.</summary>
internal static class UnreadableDays
{
    // A few broken rows are in every report; more than these are a change of its form.
    private const int MaxRows = 5;
    private const int MaxPercent = 1;

    public static IEnumerable<string> Of(ReportDay day)
    {
        if (day.FailedReads.Where(read => read.Error.Problem.IsOfTheContent()).MaxBy(read => read.AsOf) is { } failed)
        {
            yield return $"A part of {Name(day)} could not be read. {failed.Error.Text}";
        }

        var unreadable = day.Windows.Sum(w => w.Unreadable?.Count ?? 0);
        var rows = day.Windows.Sum(w => w.Rows) + day.Windows.Where(w => w.UnreadableAsOf is not null).Sum(w => w.Unreadable?.Count ?? 0);
        if (unreadable > MaxRows && unreadable * 100L > (long)rows * MaxPercent)
        {
            var example = day.Windows.Select(w => w.Unreadable?.Example).FirstOrDefault(text => text is { Length: > 0 });
            yield return $"{unreadable} of {rows} rows of {Name(day)} could not be read{(example is null ? "" : $"; the first: {example}")}. Correct the report in Five9, or the integration's settings.";
        }

        if (day.Windows.Where(w => w.ColumnGoneAsOf is not null).Min(w => w.ColumnGoneAsOf) is { } gone)
        {
            yield return $"The report lacks a column that held rows of {Name(day)} fill since {Text(gone)}; these rows stay until a second report, an hour later, confirms it. The run's warning names the column.";
        }
    }

    private static string Name(ReportDay day) => $"{day.Id.Report} of {TableColumns.Text(day.Id.Date)}";

    private static string Text(Instant instant) => NodaTime.Text.InstantPattern.General.Format(instant);
}
