using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;

namespace Five9Functions.Telemetry;

/// <summary>
/// The spans of the app. A run has one trace, whose id follows from its name: so every step of it is found in one place, though a message
/// was lost and sent again by somebody else, or an instance died and took its spans with it.
/// </summary>
public static class Traces
{
    /// <summary>The name of the source of all spans, and of the meter of all figures.</summary>
    public const string Name = "Five9Functions";

    private const int TraceIdBytes = 16;
    private const int SpanIdBytes = 8;

    public static readonly ActivitySource Source = new(Name);

    /// <summary>What the first spans of a run have for their parent. It is no span itself: nobody works on a run from its beginning to its end.</summary>
    public static ActivityContext OfRun(string integration, string run)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{integration}\n{run}"));
        return new ActivityContext(
            ActivityTraceId.CreateFromBytes(hash.AsSpan(0, TraceIdBytes)),
            ActivitySpanId.CreateFromBytes(hash.AsSpan(TraceIdBytes, SpanIdBytes)),
            ActivityTraceFlags.Recorded,
            isRemote: true);
    }

    /// <summary>What a message carries of where it was sent; null while nobody traces, and where the trace that it belongs to is not the sender's.</summary>
    /// <param name="trace">The trace that it belongs to; null for the sender's.</param>
    internal static string? Carry(ActivityContext? trace) =>
        Activity.Current is { Recorded: true } sender && (trace is not { } run || run.TraceId == sender.TraceId) ? sender.Id : null;

    /// <summary>The parent of what is done for a message.</summary>
    /// <param name="carried">As <see cref="Carry"/> told it; whatever else is there counts as nothing.</param>
    /// <inheritdoc cref="Carry" path="/param[@name='trace']"/>
    internal static ActivityContext Parent(string? carried, ActivityContext? trace) =>
        ActivityContext.TryParse(carried, traceState: null, isRemote: true, out var sender) && (trace is not { } run || run.TraceId == sender.TraceId) ? sender : trace ?? default;
}
