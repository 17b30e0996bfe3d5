using System.Text.Json.Serialization;
using Five9Functions.RealTime;
using NodaTime;

namespace Five9Functions.Health;

/// <summary>How an integration is, the better before the worse.</summary>
public enum HealthStatus
{
    Ok,

    /// <summary>Nothing is scheduled, because a person wants it so.</summary>
    Paused,

    /// <summary>Data that should be there is not.</summary>
    Late,

    /// <summary>Rows of the last two days could not be read, or lack a column that they had.</summary>
    Incomplete,

    /// <summary>A person has to look at it.</summary>
    Failing,
}

/// <summary>How far a report of an integration is read and derived.</summary>
/// <param name="Report">One of <see cref="Storage.ReportNames"/>.</param>
/// <param name="CoveredTo">The newest instant up to which it is; null when none of the last 8 days is.</param>
public sealed record ReportFreshness(string Report, Instant? CoveredTo);

/// <summary>When a password expires.</summary>
/// <param name="ExpiresInDays">Whole days that are left; negative once it has expired.</param>
/// <param name="Warning">That it is soon, and what to do; null while it is not.</param>
public sealed record CredentialExpiry(Instant ExpiresAt, int ExpiresInDays, string? Warning);

/// <summary>How far the states of now can be believed.</summary>
/// <param name="AsOf">When Five9 last told them; null for never.</param>
/// <param name="Reason">Why the feed is not live; null when it is.</param>
public sealed record LiveHealth(LiveFeed Feed, Instant? AsOf, string? Reason);

/// <summary>Whether an integration's data is fresh by its own schedule.</summary>
/// <param name="Id">The row key of one that cannot be read.</param>
/// <param name="Name">Null when it cannot be read, as the schedule.</param>
/// <param name="Credential">Null when its secret does not say when it expires, or cannot be had.</param>
/// <param name="Reason">Why it is so, and what to do, in a sentence or two.</param>
/// <param name="Live">Null where real time is off. It does not change the status, which is that of imports.</param>
public sealed record IntegrationHealth(string Id, string? Name, HealthStatus Status, string Reason, int? ScheduleMinutes, IReadOnlyList<ReportFreshness> Reports, CredentialExpiry? Credential = null, LiveHealth? Live = null)
{
    /// <summary>Five9 rejects its password; the reason says so to people.</summary>
    [JsonIgnore]
    public bool CredentialRejected { get; init; }
}
