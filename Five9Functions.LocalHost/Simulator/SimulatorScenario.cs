namespace Five9Functions.LocalHost.Simulator;

/// <summary>What certain calls are answered, known before the first one. Its JSON form is described in docs/simulator.md.</summary>
public sealed record SimulatorScenario(IReadOnlyList<ScenarioCall> Calls)
{
    /// <exception cref="FormatException">The text is no scenario; the message names the place.</exception>
    public static SimulatorScenario Parse(string json) => ScenarioJson.Read(json);
}

/// <summary>What the nth call of an operation is answered.</summary>
/// <param name="Call">The first call of the operation is 1; every call counts, refused ones too.</param>
/// <param name="AndLater">All calls from that one on.</param>
public sealed record ScenarioCall(string Operation, int Call, SimulatedAnswer Answer, bool AndLater = false);
