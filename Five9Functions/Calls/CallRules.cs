using System.Collections.Frozen;
using NodaTime;

namespace Five9Functions.Calls;

/// <summary>What makes a queue: the campaign of the standard call log, or the skill of a custom copy that has the column SKILL.</summary>
public enum QueueGrouping
{
    Campaign,
    Skill,
}

/// <summary>How long is in time, and how soon a caller who hangs up was never waiting. Both inclusive, compared in milliseconds.</summary>
/// <param name="ServiceLevel">For answeredWithin and abandonedWithin.</param>
/// <param name="ShortAbandon">For abandonedShort; not above <paramref name="ServiceLevel"/>, mostly.</param>
public sealed record CallThresholds(Duration ServiceLevel, Duration ShortAbandon)
{
    public static readonly CallThresholds Default = new(Duration.FromSeconds(20), Duration.FromSeconds(5));
}

/// <summary>The settings that the figures depend on, besides the calls themselves: changing one derives the days again.</summary>
public sealed record CallRules(QueueGrouping Grouping)
{
    /// <summary>Part of the inputs of all stored figures: raise it when the rules change, and every day is derived again.</summary>
    public const int Version = 2;

    /// <summary>TALK TIME includes hold and park. (Five9's sources disagree.)</summary>
    public bool TalkIncludesHold { get; init; } = true;

    /// <summary>A caller waits while the agent's phone rings, too. (Five9's sources disagree.)</summary>
    public bool WaitIncludesRing { get; init; } = true;

    public CallThresholds Thresholds { get; init; } = CallThresholds.Default;

    /// <summary>Queues that have thresholds of their own, by name. Ordinal.</summary>
    public IReadOnlyDictionary<string, CallThresholds> ThresholdsOfQueues { get; init; } = FrozenDictionary<string, CallThresholds>.Empty;

    public CallThresholds ThresholdsOf(string queue) => ThresholdsOfQueues.GetValueOrDefault(queue, Thresholds);
}
