using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Storage;

/// <summary>A window of a report that was tried and could not be read. It covers nothing; it says when to ask again.</summary>
/// <param name="From">UTC, inclusive.</param>
/// <param name="To">UTC, exclusive.</param>
/// <param name="AsOf">When it was tried.</param>
/// <param name="Error">Why it failed.</param>
public sealed record FailedRead(Instant From, Instant To, Instant AsOf, ImportError Error)
{
    public Interval Window => new(From, To);
}
