using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>What the command <c>import</c> was asked for.</summary>
/// <param name="AgentStates">The exported agent-state report.</param>
/// <param name="AsOf">When the report was run; null: a moment after its newest start or end, so only rows without a duration are open.</param>
internal sealed record ImportRequest(FileInfo AgentStates, DateTimeZone Zone, Instant? AsOf, DirectoryInfo Output);
