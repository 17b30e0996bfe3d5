using Azure.Data.Tables;
using Five9Functions.AgentStates;
using NodaTime;

namespace Five9Functions.Storage.Tables;

/// <summary>A <see cref="Segment"/> as a row of the table AgentStates and back: docs/tables.md.</summary>
public static class AgentStateEntity
{
    private const string DurationSeconds = "DurationSeconds";

    public static TableEntity From(string partitionKey, Segment segment)
    {
        var row = new TableEntity(partitionKey, AgentStatesKeys.Row(segment.Agent, segment.Start))
        {
            [nameof(Segment.Agent)] = segment.Agent,
            [nameof(Segment.AgentName)] = segment.AgentName,
            [nameof(Segment.State)] = segment.State,
            [nameof(Segment.Kind)] = StateKinds.Word(segment.Kind),
            [nameof(Segment.ReasonCode)] = segment.ReasonCode,
            [nameof(Segment.CallId)] = segment.CallId,
            [nameof(Segment.Start)] = segment.Start.ToDateTimeOffset(),
            [nameof(Segment.End)] = segment.End.ToDateTimeOffset(),
            [DurationSeconds] = (int)(segment.End - segment.Start).TotalSeconds,
            [nameof(Segment.ReportedStart)] = segment.ReportedStart.ToDateTimeOffset(),
            [nameof(Segment.Adjusted)] = segment.Adjusted,
            [nameof(Segment.Open)] = segment.Open,
            [nameof(Segment.AlsoActive)] = string.Join(',', segment.AlsoActive.Select(StateKinds.Word)),
            [nameof(Segment.ContinuesFromPreviousDay)] = segment.ContinuesFromPreviousDay,
            [nameof(Segment.ContinuesOnNextDay)] = segment.ContinuesOnNextDay,
        };
        if (segment.ReportedEnd is { } reportedEnd)
        {
            row[nameof(Segment.ReportedEnd)] = reportedEnd.ToDateTimeOffset();
        }

        return row;
    }

    /// <exception cref="InvalidDataException">A column is missing or of another type.</exception>
    public static Segment ToSegment(TableEntity row) => new(
        Column<string>(row, nameof(Segment.Agent)),
        Column<string>(row, nameof(Segment.AgentName)),
        Column<string>(row, nameof(Segment.State)),
        StateKinds.Parse(Column<string>(row, nameof(Segment.Kind))),
        Column<string>(row, nameof(Segment.ReasonCode)),
        Column<string>(row, nameof(Segment.CallId)),
        Time(row, nameof(Segment.Start)),
        Time(row, nameof(Segment.End)),
        Time(row, nameof(Segment.ReportedStart)),
        row.ContainsKey(nameof(Segment.ReportedEnd)) ? Time(row, nameof(Segment.ReportedEnd)) : null,
        Column<bool>(row, nameof(Segment.Adjusted)),
        Column<bool>(row, nameof(Segment.Open)),
        [.. Column<string>(row, nameof(Segment.AlsoActive)).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(StateKinds.Parse)],
        Column<bool>(row, nameof(Segment.ContinuesFromPreviousDay)),
        Column<bool>(row, nameof(Segment.ContinuesOnNextDay)));

    private static Instant Time(TableEntity row, string name) => Instant.FromDateTimeOffset(Column<DateTimeOffset>(row, name));

    private static T Column<T>(TableEntity row, string name) => row.TryGetValue(name, out var value) && value is T column
        ? column
        : throw new InvalidDataException(
            $"Row {row.RowKey} in partition {row.PartitionKey} of table AgentStates has no column {name} of type {typeof(T).Name}: delete the row 'manifest' of the partition and normalize the day again.");
}
