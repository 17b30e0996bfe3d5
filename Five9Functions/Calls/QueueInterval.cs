using NodaTime;

namespace Five9Functions.Calls;

/// <summary>What a queue was asked and did in one interval.</summary>
/// <param name="Start">UTC.</param>
public sealed record QueueInterval(string Queue, Instant Start, IntervalFigures Figures)
{
    private const int Seconds = 15 * 60;

    /// <summary>The length that is stored; longer ones are added up on reading.</summary>
    public static readonly Duration Length = Duration.FromSeconds(Seconds);

    /// <summary>The start of the quarter hour, in UTC, that the instant lies in.</summary>
    public static Instant StartOf(Instant instant)
    {
        var seconds = instant.ToUnixTimeSeconds();
        var into = ((seconds % Seconds) + Seconds) % Seconds;
        return Instant.FromUnixTimeSeconds(seconds - into);
    }
}
