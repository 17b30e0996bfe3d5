using Five9Functions.Five9.Csv;

namespace Five9Functions.LocalHost.Files;

/// <summary>What only the whole of a file can tell.</summary>
/// <param name="EmptyFields">How many empty fields most rows have more than the header.</param>
/// <param name="Totals">Lines after the last row that sum up.</param>
/// <param name="Dates">Which number of a date is the day where the year stands last; null where no date is so.</param>
/// <param name="DatesProof">The line that shows it.</param>
internal sealed record FileSurvey(int EmptyFields, IReadOnlyList<FileLine> Totals, DateOrder? Dates, FileLine? DatesProof)
{
    /// <param name="records">Before the header.</param>
    /// <param name="asked">What a person says of the order of day and month.</param>
    /// <exception cref="ReportFileException">The file contradicts itself, or something in it is lost.</exception>
    public static FileSurvey Of(FileRecords records, FileColumns columns, DateOrder? asked)
    {
        var totals = new TotalLines(columns);
        var ids = new RoundedIds(columns);
        var dates = new FileDates(columns.Start);
        var longer = new Dictionary<int, long>();
        records.Read();
        while (records.Read())
        {
            var empty = records.Fields is { } fields ? columns.EmptyFieldsAfter(fields) : null;
            if (empty is { } count)
            {
                ids.Add(records.Fields!, records.Line);
                longer[count] = longer.GetValueOrDefault(count) + 1;
            }

            var isRow = empty is not null && dates.Add(records.Fields!, records.Line);
            totals.Add(records, isRow);
        }

        ids.Refuse();
        var order = dates.Settle(asked);
        return new FileSurvey(longer.OrderByDescending(rows => rows.Value).ThenBy(rows => rows.Key).FirstOrDefault().Key, totals.Lines, order, dates.Proof);
    }
}
