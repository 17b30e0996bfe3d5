using Azure.Data.Tables;
using Five9Functions.Calls;

namespace Five9Functions.Storage.Tables;

/// <summary>A <see cref="QueueInterval"/> as a row of the table QueueIntervals and back: docs/tables.md.</summary>
public static class QueueIntervalEntity
{
    public static TableEntity From(string partitionKey, QueueInterval interval)
    {
        var row = new TableEntity(partitionKey, QueueIntervalsKeys.Row(interval.Start, interval.Queue))
        {
            [nameof(QueueInterval.Queue)] = interval.Queue,
            [nameof(QueueInterval.Start)] = interval.Start.ToDateTimeOffset(),
        };
        foreach (var (name, value) in IntervalFigures.Columns)
        {
            row[name] = value(interval.Figures);
        }

        return row;
    }

    /// <exception cref="UnreadableRowException">A column is missing.</exception>
    public static QueueInterval ToInterval(TableEntity row) => UnreadableRowException.Read(StorageLayout.QueueIntervalsTable, row, e => new QueueInterval(
        e.Text(nameof(QueueInterval.Queue)),
        e.Instant(nameof(QueueInterval.Start)),
        new IntervalFigures
        {
            Offered = Figure(e, "offered"),
            Answered = Figure(e, "answered"),
            Abandoned = Figure(e, "abandoned"),
            AbandonedShort = Figure(e, "abandonedShort"),
            Diverted = Figure(e, "diverted"),
            TransferredIn = Figure(e, "transferredIn"),
            AnsweredWithin = Figure(e, "answeredWithin"),
            AbandonedWithin = Figure(e, "abandonedWithin"),
            TalkSeconds = Figure(e, "talkSeconds"),
            HoldSeconds = Figure(e, "holdSeconds"),
            AfterCallWorkSeconds = Figure(e, "afterCallWorkSeconds"),
            HandleSeconds = Figure(e, "handleSeconds"),
            WaitSecondsAnswered = Figure(e, "waitSecondsAnswered"),
            WaitSecondsAbandoned = Figure(e, "waitSecondsAbandoned"),
            IvrOnly = Figure(e, "ivrOnly"),
            OtherHandleSeconds = Figure(e, "otherHandleSeconds"),
            Outbound = Figure(e, "outbound"),
            OutboundHandleSeconds = Figure(e, "outboundHandleSeconds"),
            OutboundAttempts = Figure(e, "outboundAttempts"),
        }));

    private static long Figure(TableEntity row, string name) =>
        row.GetInt64(name) ?? throw new InvalidDataException($"it has no column {name}");
}
