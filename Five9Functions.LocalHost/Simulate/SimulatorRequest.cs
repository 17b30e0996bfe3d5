namespace Five9Functions.LocalHost.Simulate;

/// <summary>What the command simulator was asked for. A class, not a record, so that nothing ever prints the password.</summary>
internal sealed class SimulatorRequest
{
    /// <summary>0 takes a free one.</summary>
    public required int Port { get; init; }

    public required string User { get; init; }

    public required string Password { get; init; }

    /// <summary>Null for generated ones.</summary>
    public FileInfo? AgentStates { get; init; }

    /// <summary>Null for the one that belongs to generated agent states; with a file of agent states, for none.</summary>
    public FileInfo? CallLog { get; init; }

    public required string Zone { get; init; }

    public required int RowCap { get; init; }

    public required double ReportSeconds { get; init; }

    public required bool Limits { get; init; }

    public FileInfo? Scenario { get; init; }
}
