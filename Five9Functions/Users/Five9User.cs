using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Users;

/// <summary>A run that is not finished yet.</summary>
public sealed record OpenRun(string Integration, string Run);

/// <summary>What a user's turn is for. Five9's services know nothing of each other's calls, so each has a turn of its own.</summary>
public enum UserTurn
{
    /// <summary>A call of the admin service, or a login with a password that has yet to prove good.</summary>
    Imports,

    /// <summary>A call of the supervisor service.</summary>
    RealTime,
}

/// <summary>A slice that has a place of the user.</summary>
public sealed record SliceInPlace(string Integration, string Run, string Slice);

/// <summary>What the ticks have done for an integration, so that the next one need not read it anew.</summary>
/// <param name="Run">The newest scheduled run that was opened; empty for none.</param>
/// <param name="HistoryDone">As of which day, settings and rules nothing was left to do in its history (<c>HistoryMaintenance</c>); empty where something was left when it was looked through last.</param>
public sealed record TickState(string Run, string HistoryDone)
{
    public static TickState None { get; } = new("", "");

    /// <summary>Ids fall as time rises.</summary>
    public bool IsBefore(string run) => Run.Length == 0 || string.CompareOrdinal(run, Run) < 0;
}

/// <summary>
/// What all integrations of one Five9 user share: whose turn it is to call, what Five9 made of which credential, which quota is used up,
/// and which work is under way.
/// </summary>
public sealed record Five9User
{
    /// <summary>
    /// Five9 takes one request at a time for each user, so more slices at once would only wait for each other. One scheduled or
    /// manual slice of each integration and report has a place of its own beyond these, so that nobody waits for another's.
    /// </summary>
    public const int Places = 2;

    /// <summary>
    /// Passwords that came over HTTP and did not work within an hour. Five9 locks an account after about five bad logins, and a wrong one in the vault
    /// may come on top.
    /// </summary>
    public const int MaxSentLogins = 3;

    /// <summary>For how long each of them counts.</summary>
    public static readonly Duration SentLoginsCount = Duration.FromHours(1);

    public required string Key { get; init; }

    public required string Host { get; init; }

    public required string UserName { get; init; }

    public string LeaseOwner { get; init; } = "";

    public Instant? LeaseUntil { get; init; }

    /// <summary>By secret, in lower case: what is known of the newest version that Five9 was called with. Integrations of one user can have different secrets.</summary>
    public IReadOnlyDictionary<string, VersionMark> Versions { get; init; } = new Dictionary<string, VersionMark>();

    /// <summary>When logins were made with passwords that came over HTTP, which Five9 rejected or left unanswered, oldest first.</summary>
    public IReadOnlyList<Instant> SentLogins { get; init; } = [];

    /// <summary>By operation type, the instant from which calls are worth trying again.</summary>
    public IReadOnlyDictionary<string, Instant> QuotaUntil { get; init; } = new Dictionary<string, Instant>();

    public IReadOnlyList<OpenRun> OpenRuns { get; init; } = [];

    public IReadOnlyList<SliceInPlace> UnderWay { get; init; } = [];

    /// <summary>By integration.</summary>
    public IReadOnlyDictionary<string, TickState> Ticks { get; init; } = new Dictionary<string, TickState>();

    /// <summary>As <see cref="LeaseOwner"/>, of the turn of real time.</summary>
    public string LiveLeaseOwner { get; init; } = "";

    public Instant? LiveLeaseUntil { get; init; }

    public string OwnerOf(UserTurn turn) => turn == UserTurn.Imports ? LeaseOwner : LiveLeaseOwner;

    public Instant? LeasedUntil(UserTurn turn) => turn == UserTurn.Imports ? LeaseUntil : LiveLeaseUntil;

    public bool LeasedAt(Instant now, UserTurn turn = UserTurn.Imports) => OwnerOf(turn).Length > 0 && LeasedUntil(turn) > now;

    public Five9User WithLease(UserTurn turn, string owner, Instant? until) =>
        turn == UserTurn.Imports ? this with { LeaseOwner = owner, LeaseUntil = until } : this with { LiveLeaseOwner = owner, LiveLeaseUntil = until };

    public Instant? BlockedUntil(string operationType, Instant now) =>
        QuotaUntil.TryGetValue(operationType, out var until) && until > now ? until : null;

    public Five9User WithQuotaUntil(string operationType, Instant until) =>
        this with { QuotaUntil = new Dictionary<string, Instant>(QuotaUntil) { [operationType] = until } };

    public VersionMark? MarkOf(string secret) => Versions.GetValueOrDefault(Name(secret));

    /// <summary>A new password was stored. Nobody has called with it, and nobody calls with an older one any more.</summary>
    public Five9User WithStored(string secret, string version) =>
        MarkOf(secret)?.Version == version ? this : With(secret, new VersionMark(version, VersionState.Trying));

    /// <summary>A login with this version begins; it may turn out to be a bad one.</summary>
    public Five9User WithTry(string secret, string version) =>
        With(secret, Trying(secret, version) is { } mark
            ? mark with { Tries = mark.Tries + 1, TryAgainAt = null } : new VersionMark(version, VersionState.Trying, 1));

    /// <summary>The login was no bad one, though nobody knows yet whether it is a good one.</summary>
    public Five9User WithoutTry(string secret, string version) =>
        Trying(secret, version) is { } mark ? With(secret, mark with { Tries = Math.Max(0, mark.Tries - 1) }) : this;

    /// <summary>No answer tells whether the login was a bad one; each further one is tried later.</summary>
    public Five9User WithUnansweredTry(string secret, string version, Instant now, Duration pause) =>
        Trying(secret, version) is { } mark ? With(secret, mark with { TryAgainAt = now + pause * mark.Tries }) : this;

    /// <summary>A verdict on a version that somebody has replaced meanwhile, or of which the opposite is known, is left out.</summary>
    public Five9User WithAccepted(string secret, string version) =>
        MarkOf(secret) is null || Trying(secret, version) is not null ? With(secret, new VersionMark(version, VersionState.InForce)) : this;

    /// <inheritdoc cref="WithAccepted"/>
    public Five9User WithRejected(string secret, string version, string reason, ImportProblem problem = ImportProblem.CredentialRejected) =>
        MarkOf(secret) is { } mark && (mark.Version != version || mark.IsRejected(version))
            ? this : With(secret, new VersionMark(version, VersionState.Rejected, Reason: reason) { Problem = problem });

    /// <summary>A person has a version tried once more that is rejected, or that no answer judged.</summary>
    public Five9User WithRetry(string secret)
    {
        var mark = MarkOf(secret);
        return mark is { State: VersionState.Rejected, Version.Length: > 0 } or { State: VersionState.Trying, Tries: > 0 }
            ? With(secret, new VersionMark(mark.Version, VersionState.Trying) { IsRetried = true }) : this;
    }

    /// <summary>A login with a password that came over HTTP begins; it may turn out to be a bad one.</summary>
    public Five9User WithSentLogin(Instant now) => this with { SentLogins = [.. SentLogins.Where(at => at > now - SentLoginsCount), now] };

    /// <summary>That login was no bad one.</summary>
    public Five9User WithoutSentLogin(Instant at) =>
        SentLogins.ToList() is var left && left.Remove(at) ? this with { SentLogins = left } : this;

    /// <summary>Five9 took a password, so it counts bad logins anew.</summary>
    public Five9User WithoutSentLogins() => SentLogins.Count == 0 ? this : this with { SentLogins = [] };

    /// <summary>From when on a password that comes over HTTP may be tried; null for at once.</summary>
    public Instant? SentLoginAt(Instant now)
    {
        var counted = SentLogins.Where(at => at > now - SentLoginsCount).Order().ToList();
        return counted.Count >= MaxSentLogins ? counted[^MaxSentLogins] + SentLoginsCount : null;
    }

    /// <summary>A password was made that Five9 may know from now on; nobody has logged in with it.</summary>
    public Five9User WithPending(string secret, string version) => With(secret, new VersionMark(version, VersionState.Trying));

    /// <summary>A new password was refused, so that there is none; unless Five9 may know one.</summary>
    public Five9User WithRefusal(string secret, Instant tryAgainAt, string reason) =>
        MarkOf(secret) is null or { State: VersionState.Rejected } ? With(secret, new VersionMark("", VersionState.Rejected, TryAgainAt: tryAgainAt, Reason: reason)) : this;

    /// <summary>A version that holds a password which Five9 took under another name, whatever is known of older versions.</summary>
    public Five9User WithTaken(string secret, string version) => With(secret, new VersionMark(version, VersionState.InForce));

    /// <summary>Nothing is known of the secret any more: its next version is tried once.</summary>
    public Five9User WithoutMark(string secret) =>
        MarkOf(secret) is null ? this : this with { Versions = Versions.Where(v => v.Key != Name(secret)).ToDictionary() };

    public Five9User WithOpenRun(OpenRun run) => OpenRuns.Contains(run) ? this : this with { OpenRuns = [.. OpenRuns, run] };

    public Five9User WithoutOpenRun(OpenRun run) => OpenRuns.Contains(run) ? this with { OpenRuns = [.. OpenRuns.Where(open => open != run)] } : this;

    /// <summary>Forgets what has no row, so that a tick which named it counts as one that did not open it.</summary>
    public Five9User WithoutName(OpenRun run)
    {
        var left = WithoutOpenRun(run);
        return TicksOf(run.Integration) is var ticks && ticks.Run == run.Run ? left.WithTicks(run.Integration, ticks with { Run = "" }) : left;
    }

    public TickState TicksOf(string integration) => Ticks.GetValueOrDefault(integration) ?? TickState.None;

    public Five9User WithoutTicks(IReadOnlyCollection<string> integrations) =>
        integrations.Count == 0 ? this : this with { Ticks = Ticks.Where(ticks => !integrations.Contains(ticks.Key)).ToDictionary() };

    public Five9User WithTicks(string integration, TickState state) =>
        TicksOf(integration) == state ? this : this with { Ticks = new Dictionary<string, TickState>(Ticks) { [integration] = state } };

    // Key Vault's names are the same in any case.
    private static string Name(string secret) => secret.ToLowerInvariant();

    private VersionMark? Trying(string secret, string version) => MarkOf(secret) is { State: VersionState.Trying } mark && mark.Version == version ? mark : null;

    private Five9User With(string secret, VersionMark mark) => this with { Versions = new Dictionary<string, VersionMark>(Versions) { [Name(secret)] = mark } };
}
