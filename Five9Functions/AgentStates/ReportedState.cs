using NodaTime;

namespace Five9Functions.AgentStates;

/// <summary>One row of the agent-state report as Five9 told it, read and understood; quarantined rows never get here.</summary>
/// <param name="Agent">Login name, trimmed; compared ordinally.</param>
/// <param name="AgentName">Display name, or empty.</param>
/// <param name="State">As the rules write it, or Five9's own word when it is unknown.</param>
/// <param name="ReasonCode">Empty for none.</param>
/// <param name="CallId">Empty for none.</param>
/// <param name="Start">UTC, whole seconds.</param>
/// <param name="Length">Whole seconds, up to 168 hours; null when the report gave none (the state was still open).</param>
/// <param name="Day">The raw day that holds the row: the local date of its start.</param>
/// <param name="AsOf">When the report that this row came from was run.</param>
/// <param name="Canonical">The whole row, columns by name in ordinal order: the last tie-breaker, and never the row's place in a report.</param>
public sealed record ReportedState(
    string Agent,
    string AgentName,
    string State,
    StateKind Kind,
    string ReasonCode,
    string CallId,
    Instant Start,
    Duration? Length,
    LocalDate Day,
    Instant AsOf,
    string Canonical)
{
    /// <summary>The end as reported; null when the report gave no length.</summary>
    public Instant? End => Length is { } length ? Start + length : null;
}
