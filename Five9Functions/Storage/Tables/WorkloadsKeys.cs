using Five9Functions.Calls;
using Five9Functions.Problems;

namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table Workloads: a partition for each integration, in it a row for each queue that has a workload. A campaign and a skill of one name are two.</summary>
public static class WorkloadsKeys
{
    public static string Partition(string integration) => TableKey.Join(integration);

    public static string Row(QueueGrouping grouping, string queue) => TableKey.Join(grouping.Code(), queue);
}
