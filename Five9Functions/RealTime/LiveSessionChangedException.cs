namespace Five9Functions.RealTime;

/// <summary>The session of an integration was changed by somebody else while a poll was under way: what the poll brought is not used.</summary>
public sealed class LiveSessionChangedException(string integration)
    : Exception($"The session of {integration} in LiveAgentStates was changed by somebody else during a poll; what it brought is not used, and the next one asks again.");
