namespace Five9Functions.RealTime;

/// <summary>An agent's row.</summary>
/// <param name="Other">JSON of what Five9 told in columns that mean nothing here, by column; empty for nothing.</param>
internal sealed record LiveAgent(LiveAgentState State, string Other = "");
