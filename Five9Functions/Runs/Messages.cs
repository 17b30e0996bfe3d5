using System.Diagnostics;
using System.Text.Json.Serialization;
using Five9Functions.Problems;
using Five9Functions.Telemetry;

namespace Five9Functions.Runs;

/// <summary>What every message has besides the identity of what it asks for.</summary>
public abstract record Message
{
    /// <summary>After this many deliveries the Functions host moves a message to the poison queue (host.json, maxDequeueCount).</summary>
    public const int LastDelivery = 5;

    /// <summary>Where it was sent, as W3C writes it; null while nobody traces. Nothing that is done depends on it.</summary>
    [JsonPropertyName("traceparent")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? TraceParent { get; init; }

    /// <summary>The trace that it belongs to; null for that of whoever sends it.</summary>
    [JsonIgnore]
    internal virtual ActivityContext? Trace => null;

    /// <summary>Its identity, for spans and logs.</summary>
    [JsonIgnore]
    internal abstract IReadOnlyList<KeyValuePair<string, object?>> Names { get; }

    /// <summary>Whether it says what it is about: JSON such as {} does not.</summary>
    [JsonIgnore]
    internal virtual bool IsComplete => Names.All(name => name.Value is not null) && Names[0].Value is not "";

    private protected static KeyValuePair<string, object?> Named(string name, object value) => new(name, value is string text ? PlainText.Escape(text) : value);
}

/// <summary>On import-jobs: plan this run.</summary>
public sealed record ImportJob(
    [property: JsonPropertyName("integration")] string Integration,
    [property: JsonPropertyName("run")] string Run) : Message
{
    internal override ActivityContext? Trace => Traces.OfRun(Integration, Run);

    internal override IReadOnlyList<KeyValuePair<string, object?>> Names => [Named("Integration", Integration), Named("Run", Run)];
}

/// <summary>On call-log-reports and agent-state-reports: do this step of this slice. What is known about it is in the slice's row.</summary>
/// <param name="Slice">The slice's row key.</param>
/// <param name="Step">The step that the row was at when the message was sent; the row decides.</param>
public sealed record SliceStep(
    [property: JsonPropertyName("integration")] string Integration,
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("slice")] string Slice,
    [property: JsonPropertyName("step")] int Step) : Message
{
    internal override ActivityContext? Trace => Traces.OfRun(Integration, Run);

    internal override IReadOnlyList<KeyValuePair<string, object?>> Names => [Named("Integration", Integration), Named("Run", Run), Named("Slice", Slice), Named("Step", Step)];
}

/// <summary>On removal-jobs: delete a portion of what this integration is not to hold any more: all, when it was removed so; else what is older than it keeps.</summary>
/// <param name="Until">ISO instant: after it the next portion waits for the next tick, which asks again, so that there is never more than one message of an integration for long.</param>
public sealed record RemovalJob(
    [property: JsonPropertyName("integration")] string Integration,
    [property: JsonPropertyName("until")] string Until) : Message
{
    internal override IReadOnlyList<KeyValuePair<string, object?>> Names => [Named("Integration", Integration)];

    internal override bool IsComplete => base.IsComplete && Until is { Length: > 0 };
}

/// <summary>On normalize-jobs: derive this local day again, then see whether the slice that asked is done. Without run and slice, nobody waits for it.</summary>
/// <param name="Date">ISO date, local to the integration's report zone.</param>
public sealed record NormalizeJob(
    [property: JsonPropertyName("integration")] string Integration,
    [property: JsonPropertyName("report")] string Report,
    [property: JsonPropertyName("date")] string Date,
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("slice")] string Slice) : Message
{
    internal override ActivityContext? Trace => Run is { Length: > 0 } ? Traces.OfRun(Integration, Run) : null;

    internal override IReadOnlyList<KeyValuePair<string, object?>> Names =>
        [Named("Integration", Integration), Named("Run", Run), Named("Slice", Slice), Named("Report", Report), Named("Date", Date)];

    /// <summary>Read what is stored and compare it, even where it was derived from the same: somebody may have damaged it.</summary>
    [JsonPropertyName("compare")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Compare { get; init; }
}

/// <summary>On compare-jobs: count what a run changes of this local day. Without a date: send all days of the run.</summary>
/// <param name="Date">ISO date, local to the integration's report zone.</param>
/// <param name="Slice">The slice that goes on after it; none for the days of a run whose slices are finished.</param>
public sealed record CompareJob(
    [property: JsonPropertyName("integration")] string Integration,
    [property: JsonPropertyName("run")] string Run,
    [property: JsonPropertyName("report")] string Report,
    [property: JsonPropertyName("date")] string Date,
    [property: JsonPropertyName("slice")] string Slice) : Message
{
    internal override ActivityContext? Trace => Traces.OfRun(Integration, Run);

    internal override IReadOnlyList<KeyValuePair<string, object?>> Names =>
        [Named("Integration", Integration), Named("Run", Run), Named("Slice", Slice), Named("Report", Report), Named("Date", Date)];
}

/// <summary>On live-polls: ask Five9 who is in which state now. How the integration's session stands is in its row.</summary>
/// <param name="Poll">The row's number when the message was sent; another one by now means that this message is late.</param>
public sealed record LivePoll(
    [property: JsonPropertyName("integration")] string Integration,
    [property: JsonPropertyName("poll")] long Poll) : Message
{
    internal override IReadOnlyList<KeyValuePair<string, object?>> Names => [Named("Integration", Integration)];
}
