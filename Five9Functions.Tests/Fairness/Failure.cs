using Five9Functions.LocalHost.Simulator;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Fairness;

/// <summary>One way in which an integration always fails.</summary>
/// <param name="Integration">Its id says what it is.</param>
/// <param name="Says">What the log, or a slice, says about it: without that the case would prove nothing.</param>
internal sealed record Failure(string Integration, string Says)
{
    /// <summary>What is said does not name the integration.</summary>
    public bool Nameless { get; init; }

    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>();

    public TimeSpan ReportDuration { get; init; } = TimeSpan.FromSeconds(20);

    public string Header { get; init; } = StateRows.Columns;

    /// <summary>Done to its Five9 at the start.</summary>
    public Action<Five9Simulator> Five9 { get; init; } = _ => { };

    /// <summary>Done before each tick but the first, for the integration of this id.</summary>
    public Func<FairnessApp, string, CancellationToken, Task> BeforeTick { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Its rows of this table cannot be read or written.</summary>
    public string RefusedTable { get; init; } = "";
}
