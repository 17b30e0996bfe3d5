using Five9Functions.Problems;
using NodaTime;

namespace Five9Functions.Users;

/// <summary>What Five9 made of a version of a secret.</summary>
public enum VersionState
{
    /// <summary>Somebody logs in with it for the first time, or did and never learned what Five9 made of it.</summary>
    Trying,

    /// <summary>Five9 took it last.</summary>
    InForce,

    /// <summary>No call is made with it.</summary>
    Rejected,
}

/// <summary>
/// What is known of the newest version of a secret that Five9 was called with. Older ones need not be remembered: before a call with
/// any other version than the marked one, the vault is asked which is the newest.
/// </summary>
/// <param name="Version">The version's id in the vault.</param>
/// <param name="Tries">How many logins with it may have been bad, because no answer said that they were not.</param>
/// <param name="TryAgainAt">When the next login may be tried after one that was not answered; null for at once.</param>
/// <param name="Reason">Why it is rejected.</param>
public sealed record VersionMark(string Version, VersionState State, int Tries = 0, Instant? TryAgainAt = null, string Reason = "")
{
    /// <summary>What a rejected version is rejected for.</summary>
    public ImportProblem Problem { get; init; } = ImportProblem.CredentialRejected;

    /// <summary>A person had it tried once more over HTTP: its next logins count as those of passwords that are sent.</summary>
    public bool IsRetried { get; init; }

    /// <summary>
    /// Five9 locks an account after about five bad logins. A login without an answer may be one, and a person who looks for the
    /// fault needs some of them.
    /// </summary>
    public const int MaxTries = 3;

    public bool IsRejected(string version) => State == VersionState.Rejected && Version == version;
}
