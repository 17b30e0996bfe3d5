using Five9Functions.Time;
namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table ImportRunTable: the runs of an integration, newest first.</summary>
public static class ImportRunsKeys
{
    public static string Partition(string integration) => TableKey.Join(integration);

    /// <param name="run">From <see cref="RunId.At"/>.</param>
    public static string Row(string run) => TableKey.Join(run);

    /// <summary>Where the keys are that callers gave their requests, apart from the runs.</summary>
    public static string RequestPartition(string integration) => TableKey.Join(integration, "requests");

    /// <param name="key">As the caller sent it.</param>
    public static string RequestRow(string key) => TableKey.Join(key);
}
