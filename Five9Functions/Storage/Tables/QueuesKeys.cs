namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table Queues: a partition for each integration, in it a row for each queue and the manifest.</summary>
public static class QueuesKeys
{
    public static string Partition(string integration) => TableKey.Join(integration);

    /// <summary>A queue may be called as the manifest is: its first letter is then written like a forbidden one.</summary>
    public static string Row(string queue) => queue == Projection.ManifestRow ? $"*{(int)queue[0]:X4}{queue[1..]}" : TableKey.Join(queue);
}
