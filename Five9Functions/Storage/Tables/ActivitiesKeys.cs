namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table Activities: one row for each integration.</summary>
public static class ActivitiesKeys
{
    public const string Row = "activities";

    public static string Partition(string integration) => TableKey.Join(integration);
}
