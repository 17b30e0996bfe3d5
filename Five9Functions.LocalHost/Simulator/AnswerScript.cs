namespace Five9Functions.LocalHost.Simulator;

/// <summary>Which answer a call gets: the one for its number, else the one that waits in line, else the one for all calls from a number on.</summary>
internal sealed class AnswerScript
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<SimulatedAnswer>> _waiting = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Operation, int Call), SimulatedAnswer> _numbered = [];
    private readonly List<ScenarioCall> _ranges = [];

    public AnswerScript(SimulatorScenario? scenario)
    {
        foreach (var call in scenario?.Calls ?? [])
        {
            Add(call);
        }
    }

    /// <summary>For the next call that nothing else is meant for.</summary>
    public void Add(string operation, SimulatedAnswer answer)
    {
        lock (_lock)
        {
            if (!_waiting.TryGetValue(operation, out var queue))
            {
                _waiting[operation] = queue = new();
            }

            queue.Enqueue(answer);
        }
    }

    /// <summary>The later one of two for the same call counts.</summary>
    public void Add(ScenarioCall call)
    {
        lock (_lock)
        {
            if (call.AndLater)
            {
                _ranges.Add(call);
            }
            else
            {
                _numbered[(call.Operation, call.Call)] = call.Answer;
            }
        }
    }

    /// <param name="call">Which call of the operation it is; the first is 1.</param>
    public SimulatedAnswer Take(string operation, int call)
    {
        lock (_lock)
        {
            return _numbered.Remove((operation, call), out var numbered) ? numbered
                : _waiting.TryGetValue(operation, out var queue) && queue.TryDequeue(out var next) ? next
                : Ranged(operation, call) ?? SimulatedAnswer.Normal;
        }
    }

    /// <summary>Of several ranges, the one that begins last.</summary>
    private SimulatedAnswer? Ranged(string operation, int call) =>
        _ranges.Where(r => r.Operation == operation && r.Call <= call).OrderBy(r => r.Call).LastOrDefault()?.Answer;
}
