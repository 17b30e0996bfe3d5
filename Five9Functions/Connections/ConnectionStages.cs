namespace Five9Functions.Connections;

/// <summary>What a connection is tested for, in the order in which one needs the other.</summary>
public enum ConnectionStage
{
    Host,
    Login,
    Role,
    CallLog,
    AgentStates,
    Zone,
}

/// <summary>What came of a stage.</summary>
public enum StageResult
{
    Ok,

    /// <summary>A person has to change something: the detail says what.</summary>
    Failed,

    /// <summary>An earlier stage has to be ok first, or the integration does not need it.</summary>
    Skipped,

    /// <summary>It could not be told now.</summary>
    NotChecked,
}

/// <summary>One line of a test.</summary>
/// <param name="Detail">What was found, and the cure where it is not ok.</param>
public sealed record TestedStage(ConnectionStage Stage, StageResult Result, string Detail);

/// <summary>The stages of one test while it goes on; the first word on a stage counts.</summary>
internal sealed class ConnectionStages
{
    private readonly Dictionary<ConnectionStage, TestedStage> _stages = [];

    public void Say(ConnectionStage stage, StageResult result, string detail) => _stages.TryAdd(stage, new TestedStage(stage, result, detail));

    /// <summary>What nothing was said of shares the reason.</summary>
    public IReadOnlyList<TestedStage> Rest(StageResult result, string detail) =>
        [.. Enum.GetValues<ConnectionStage>().Select(stage => _stages.GetValueOrDefault(stage, new TestedStage(stage, result, detail)))];
}
