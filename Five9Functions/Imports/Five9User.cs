using NodaTime;

namespace Five9Functions.Imports;

/// <summary>A run that is not finished yet.</summary>
public sealed record OpenRun(string Integration, string Run);

/// <summary>A slice that has a place of the user.</summary>
public sealed record SliceInPlace(string Integration, string Run, string Slice);

/// <summary>
/// What all integrations of one Five9 user share: whose turn it is to call, which credential Five9 refused, which quota is used up,
/// and which work is under way.
/// </summary>
public sealed record Five9User
{
    /// <summary>
    /// Five9 takes one request at a time for each user, so more slices at once would only wait for each other. One scheduled or
    /// manual slice of each integration has a place of its own beyond these, so that nobody waits for another's.
    /// </summary>
    public const int Places = 2;

    public required string Key { get; init; }

    public required string Host { get; init; }

    public required string UserName { get; init; }

    public string LeaseOwner { get; init; } = "";

    public Instant? LeaseUntil { get; init; }

    /// <summary>The version of the credential that Five9 took last.</summary>
    public string AcceptedVersion { get; init; } = "";

    /// <summary>The versions of credentials that Five9 refused, with commas between them: no call is made with any of them.</summary>
    public string RejectedVersion { get; init; } = "";

    public string RejectedReason { get; init; } = "";

    /// <summary>By operation type, the instant from which calls are worth trying again.</summary>
    public IReadOnlyDictionary<string, Instant> QuotaUntil { get; init; } = new Dictionary<string, Instant>();

    public IReadOnlyList<OpenRun> OpenRuns { get; init; } = [];

    public IReadOnlyList<SliceInPlace> UnderWay { get; init; } = [];

    public bool LeasedAt(Instant now) => LeaseOwner.Length > 0 && LeaseUntil > now;

    public Instant? BlockedUntil(string operationType, Instant now) =>
        QuotaUntil.TryGetValue(operationType, out var until) && until > now ? until : null;

    public Five9User WithQuotaUntil(string operationType, Instant until) =>
        this with { QuotaUntil = new Dictionary<string, Instant>(QuotaUntil) { [operationType] = until } };

    /// <summary>Integrations of one user can have different passwords, so one rejection must not make another forgotten.</summary>
    public bool Rejects(string version) => Rejected.Contains(version);

    public Five9User WithAccepted(string version) =>
        AcceptedVersion == version && !Rejects(version) ? this : this with { AcceptedVersion = version, RejectedVersion = string.Join(',', Rejected.Where(v => v != version)) };

    public Five9User WithRejected(string version, string reason) =>
        this with { RejectedVersion = Rejects(version) ? RejectedVersion : string.Join(',', [.. Rejected, version]), RejectedReason = reason };

    public Five9User WithOpenRun(OpenRun run) => OpenRuns.Contains(run) ? this : this with { OpenRuns = [.. OpenRuns, run] };

    private string[] Rejected => RejectedVersion.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
