namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// One finished run of a function. For a queue function it is told when the message is settled too: deleted, given back, or moved
/// to the poison queue. <see cref="Error"/> is null when the run succeeded; <see cref="DequeueCount"/> is 0 for timers.
/// </summary>
public sealed record Invocation(string Function, TimeSpan Duration, Exception? Error, long DequeueCount);
