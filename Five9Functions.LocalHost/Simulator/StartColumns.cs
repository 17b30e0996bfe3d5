using CsvHelper;
using Five9Functions.Five9;
using NodaTime;
using NodaTime.TimeZones;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The columns of a report file that say when a record starts, and for how long its state lasted; found by name.</summary>
internal sealed class StartColumns
{
    private readonly DateTimeZone _zone;
    private readonly DateOrder? _dates;
    private readonly int _date = -1;
    private readonly int _time = -1;
    private readonly int _timestamp = -1;
    private readonly int _length = -1;

    /// <summary>Going backwards, so that of columns with one name the first counts.</summary>
    /// <param name="csv">On the header.</param>
    /// <param name="dates">Null: a start whose day and month could be exchanged cannot be read.</param>
    public StartColumns(CsvReader csv, DateTimeZone zone, DateOrder? dates = null)
    {
        (_zone, _dates) = (zone, dates);
        for (var i = csv.FieldCount - 1; i >= 0; i--)
        {
            switch (ReportHeader.Normalize(csv.GetString(i)))
            {
                case "DATE":
                    _date = i;
                    break;
                case "TIME":
                    _time = i;
                    break;
                case "TIMESTAMP":
                    _timestamp = i;
                    break;
                case "AGENT STATE TIME":
                    _length = i;
                    break;
            }
        }
    }

    /// <summary>Null when it cannot be read.</summary>
    public Instant? Start(CsvReader csv)
    {
        var start = _date >= 0 && _time >= 0 ? ReportFields.DateAndTime(csv.GetSpan(_date), csv.GetSpan(_time), _dates)
            : _timestamp >= 0 ? ReportFields.Timestamp(csv.GetSpan(_timestamp), _dates)
            : null;
        return start is not { } reported ? null
            : reported.Offset is { } offset ? reported.Local.WithOffset(offset).ToInstant()
            : _zone.ResolveLocal(reported.Local, Resolvers.LenientResolver).ToInstant();
    }

    /// <summary>Whole seconds; null when there is no length that can be read.</summary>
    public long? Seconds(CsvReader csv) => _length < 0 ? null : ReportFields.Seconds(csv.GetSpan(_length));
}
