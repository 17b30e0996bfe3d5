namespace Five9Functions.Storage;

/// <summary>The two reports as they are named in keys, messages and rows.</summary>
public static class ReportNames
{
    public const string AgentStates = "agent-states";

    public const string Calls = "calls";

    public static IReadOnlyList<string> All { get; } = [AgentStates, Calls];
}
