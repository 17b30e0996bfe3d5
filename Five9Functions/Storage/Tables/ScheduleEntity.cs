using Azure.Data.Tables;
using Five9Functions.Adherence;
using Five9Functions.Problems;

namespace Five9Functions.Storage.Tables;

/// <summary>A scheduled activity as a row of the table Schedules.</summary>
internal static class ScheduleEntity
{
    public static TableEntity From(string partitionKey, ScheduledActivity activity)
    {
        var row = new TableEntity(partitionKey, SchedulesKeys.Row(activity.Agent, activity.Start))
        {
            [nameof(activity.Agent)] = activity.Agent,
            [nameof(activity.Activity)] = activity.Activity,
            [nameof(activity.Type)] = activity.Type.Code(),
        };
        row.Set(nameof(activity.Start), activity.Start);
        row.Set(nameof(activity.End), activity.End);
        return row;
    }

    /// <exception cref="UnreadableRowException">Somebody changed it to something that cannot be read.</exception>
    public static ScheduledActivity ToActivity(TableEntity row) => UnreadableRowException.Read(StorageLayout.SchedulesTable, row, e => new ScheduledActivity(
        e.Text(nameof(ScheduledActivity.Agent)),
        e.Text(nameof(ScheduledActivity.Activity)),
        KebabCase.Parse<ActivityType>(e.Text(nameof(ScheduledActivity.Type))),
        e.Instant(nameof(ScheduledActivity.Start)),
        e.Instant(nameof(ScheduledActivity.End))));
}
