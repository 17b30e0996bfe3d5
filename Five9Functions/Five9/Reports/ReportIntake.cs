using Five9Functions.Five9.Csv;
using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Five9.Reports;

/// <summary>Takes a report's records in their order, and sorts them into landed, quarantined and outside.</summary>
internal sealed class ReportIntake(ReportWindow window, int rowCap)
{
    private readonly List<ReportRow> _rows = [];
    private readonly List<UInt128> _customers = [];
    private readonly List<QuarantinedRow> _quarantined = [];
    private readonly List<(int Line, RowDefect Defect, string Raw)> _withoutStart = []; // before the first readable start
    private Instant? _nearest;
    private Instant? _newest;
    private int _read;
    private int _lines;
    private int _outside;
    private int _outsideAsked;
    private int _fromTheFuture;
    private int _garbled;
    private int _unreadable;
    private UnreadableRecord? _firstUnreadable;
    private int _understood;
    private UnreadableRecord? _firstInDoubt;
    private int _roundedIds;
    private UnreadableRecord? _firstRoundedId;

    /// <returns>Whether it lands.</returns>
    /// <param name="garbled">Whether a character of it did not arrive.</param>
    /// <param name="customer">Stands for the customer data that was dropped from the row; null when look-alikes need not be told apart.</param>
    /// <exception cref="ReportCutException">It is the record at the cap.</exception>
    public bool Add(ReportRow row, bool garbled, UInt128? customer)
    {
        Count();
        _understood++;
        ReadableOwn(row.Start);
        if (!Lands(row.Start))
        {
            return false;
        }

        _rows.Add(row);
        _garbled += garbled ? 1 : 0;
        if (customer is { } dropped)
        {
            _customers.Add(dropped);
        }

        return true;
    }

    /// <param name="start">Null when it cannot be read: the record then goes with the nearest one whose start can.</param>
    /// <param name="lines">Of how many records it may be what is left: as many can have counted towards the cap.</param>
    /// <exception cref="ReportCutException">It is the record at the cap.</exception>
    public void Quarantine(Instant? start, int line, RowDefect defect, string raw, int lines = 1)
    {
        Count(lines);
        if (start is { } readable)
        {
            ReadableOwn(readable);
        }

        var refused = RowDefect.IsRefusal(defect.Reason);
        _understood += refused && start is not null ? 1 : 0;
        if (!refused)
        {
            CountUnreadable(start, new UnreadableRecord(line, defect.Reason, UnreadableRecord.Safe(defect.Value), defect.Expected), defect, lines);
        }

        if (_nearest is { } at)
        {
            Quarantine(at, (line, defect, raw));
        }
        else
        {
            _withoutStart.Add((line, defect, raw));
        }
    }

    /// <exception cref="Five9MisconfiguredException">No record could be read, and of one only the order of day and month is not known.</exception>
    public void RequireDateOrder(string report)
    {
        if (_understood == 0 && _firstInDoubt is { } first)
        {
            throw new Five9MisconfiguredException(
                ImportProblem.DateOrderUnknown,
                $"No start in the {report} can be read, because day and month are in doubt: line {first.Line} says {first.Value}. "
                    + "Set DateOrder of the integration to dmy if the day stands first, or to mdy if the month does; or let Five9 write the year first.");
        }
    }

    public ReportContent ToContent()
    {
        Readable(window.Wanted.Start);
        if (_customers.Count > 0)
        {
            LookAlikes.TellApart(_rows, _customers);
        }

        return new ReportContent(_read, _outside, _outsideAsked, _rows, _quarantined)
        {
            Unreadable = _unreadable,
            FirstUnreadable = _firstUnreadable,
            FromTheFuture = _fromTheFuture,
            Newest = _newest,
            Garbled = _garbled,
            RoundedIds = _roundedIds,
            FirstRoundedId = _firstRoundedId,
        };
    }

    private void CountUnreadable(Instant? start, UnreadableRecord example, RowDefect defect, int lines)
    {
        if (start is not { } own || window.Wanted.Contains(own))
        {
            _unreadable += lines;
            _firstUnreadable ??= example;
        }

        if (defect.IsDateInDoubt)
        {
            _firstInDoubt ??= example;
        }

        if (defect.IsRoundedId)
        {
            _roundedIds++;
            _firstRoundedId ??= example;
        }
    }

    private void Count(int lines = 1)
    {
        _read++;
        _lines += lines;
        if (_lines >= rowCap)
        {
            throw new ReportCutException(rowCap);
        }
    }

    private void ReadableOwn(Instant start)
    {
        _fromTheFuture += start > window.LatestStart ? 1 : 0;
        _newest = Instant.Max(_newest ?? start, start);
        Readable(start);
    }

    private void Readable(Instant start)
    {
        _nearest = start;
        foreach (var record in _withoutStart)
        {
            Quarantine(start, record);
        }

        _withoutStart.Clear();
    }

    private void Quarantine(Instant at, (int Line, RowDefect Defect, string Raw) record)
    {
        if (Lands(at))
        {
            _quarantined.Add(new QuarantinedRow(at, record.Line, record.Defect.Reason, record.Raw));
        }
    }

    private bool Lands(Instant start)
    {
        if (window.Wanted.Contains(start))
        {
            return true;
        }

        _outside++;
        if (!window.Asked.Contains(start))
        {
            _outsideAsked++;
        }

        return false;
    }
}
