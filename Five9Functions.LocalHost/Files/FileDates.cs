using CsvHelper;
using Five9Functions.Five9.Csv;
using Five9Functions.Problems;

namespace Five9Functions.LocalHost.Files;

/// <summary>In a file, one date whose day is above 12 says for all of them which number is the day: 13/11/2026. No I/O.</summary>
internal sealed class FileDates(StartColumns start)
{
    private readonly Dictionary<DateEvidence, FileLine> _first = [];

    /// <summary>The line that proves the order; null where none does, or none needs to.</summary>
    public FileLine? Proof => _first.GetValueOrDefault(DateEvidence.DayFirst) ?? _first.GetValueOrDefault(DateEvidence.MonthFirst);

    /// <param name="csv">On a record with the fields of the header.</param>
    /// <returns>Whether its start can be read, in one order or another.</returns>
    public bool Add(CsvReader csv, int line)
    {
        if (start.Start(csv, order: null) is not null)
        {
            return true;
        }

        var evidence = start.Evidence(csv);
        if (evidence != DateEvidence.None)
        {
            _first.TryAdd(evidence, new FileLine(line, FileText.Shown(start.Text(csv))));
        }

        return evidence != DateEvidence.None;
    }

    /// <summary>Null where no date needs an order.</summary>
    /// <param name="asked">What a person says.</param>
    /// <exception cref="ReportFileException">The file contradicts itself, or what was said, or cannot say it.</exception>
    public DateOrder? Settle(DateOrder? asked)
    {
        var (dayFirst, monthFirst) = (_first.GetValueOrDefault(DateEvidence.DayFirst), _first.GetValueOrDefault(DateEvidence.MonthFirst));
        if (dayFirst is not null && monthFirst is not null)
        {
            throw new ReportFileException(
                $"The dates contradict each other: in {dayFirst} the day comes first, in {monthFirst} the month. Two exports were probably put together: import each by itself.");
        }

        DateOrder? proven = dayFirst is not null ? DateOrder.Dmy : monthFirst is not null ? DateOrder.Mdy : null;
        if (asked is { } order && proven is { } other && order != other)
        {
            throw new ReportFileException(
                $"--dates {order.Code()} does not fit {dayFirst ?? monthFirst}, where {(other == DateOrder.Dmy ? "the day" : "the month")} comes first: leave the option out, or give --dates {other.Code()}.");
        }

        if ((asked ?? proven) is null && _first.TryGetValue(DateEvidence.InDoubt, out var inDoubt))
        {
            throw new ReportFileException($"It is not certain in {inDoubt} which number is the day and which the month, and no date of the file shows it: give --dates dmy or --dates mdy.");
        }

        return _first.Count == 0 ? null : asked ?? proven;
    }
}
