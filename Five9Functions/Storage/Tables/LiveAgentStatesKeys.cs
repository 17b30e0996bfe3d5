namespace Five9Functions.Storage.Tables;

/// <summary>Keys of the table LiveAgentStates: a partition for each integration, in it a row for each agent, and one for the session that tells of them.</summary>
public static class LiveAgentStatesKeys
{
    /// <summary>No agent's row has it: in a key that was made of a name, hex digits follow each <c>*</c>.</summary>
    public const string SessionRow = "*session";

    public static string Partition(string integration) => TableKey.Join(integration);

    public static string Row(string agent) => TableKey.Join(agent);
}
