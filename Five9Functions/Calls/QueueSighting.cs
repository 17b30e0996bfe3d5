using NodaTime;

namespace Five9Functions.Calls;

/// <summary>A queue that calls name: the starts of the first and the last leg that were seen of it, in UTC.</summary>
public readonly record struct QueueSighting(string Queue, Instant FirstSeen, Instant LastSeen);
