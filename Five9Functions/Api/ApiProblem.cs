namespace Five9Functions.Api;

/// <summary>Why a request cannot be served: the <c>code</c> of a problem, in kebab case. docs/api.md lists them all; a test holds it to that.</summary>
public enum ApiProblem
{
    /// <summary>A value of the query or the body cannot be as it is.</summary>
    Invalid,

    BodyUnreadable,

    BodyTooLarge,

    BodyTooSlow,

    NotJson,

    /// <summary>A continuation token of another request.</summary>
    ContinuationOfAnother,

    IfMatchMissing,

    IfMatchUnreadable,

    /// <summary>Somebody else was faster.</summary>
    Changed,

    /// <summary>What was to be read kept changing.</summary>
    Changing,

    StorageUnavailable,

    RowUnreadable,

    /// <summary>The blob of a raw day is damaged.</summary>
    RawDayUnreadable,

    /// <summary>A defect of the importer.</summary>
    Failed,

    // ---- integrations ----
    IntegrationUnknown,

    /// <summary>The data of a removed integration of this id is not gone yet.</summary>
    IntegrationBeingDeleted,

    /// <summary>The data of a removed integration of this id was kept, and is that of another zone.</summary>
    KeptInAnotherZone,

    NameTaken,

    IdTaken,

    /// <summary>A secret that integrations of another Five9 user log in with.</summary>
    SecretOfAnother,

    /// <summary>A secret that is for another Five9 user, or for another host.</summary>
    SecretOfAnotherHost,

    /// <summary>The integration names a host that is neither Five9's nor allowed by the settings.</summary>
    HostNotAllowed,

    /// <summary>Days are stored by local dates of the zone.</summary>
    ZoneInUse,

    /// <summary>The app's settings say what the integration is.</summary>
    Configured,

    // ---- credentials ----

    /// <summary>The importer does not change the password of this integration.</summary>
    RotationNotManaged,

    /// <summary>Another integration logs in as the same Five9 user, with another secret.</summary>
    UserSharedByAnotherSecret,

    CredentialRejected,

    /// <summary>Nobody knows whether Five9 takes the password.</summary>
    CredentialUnproven,

    /// <summary>Another bad login could lock the user.</summary>
    CredentialTriesUsed,

    /// <summary>An import has the user's turn.</summary>
    UserBusy,

    VaultRefused,

    VaultUnavailable,

    // ---- imports ----
    RunUnknown,

    /// <summary>The run is over, so there is nothing left to cancel.</summary>
    RunFinished,

    /// <summary>Nothing of the run has failed.</summary>
    NothingFailed,

    /// <summary>The Idempotency-Key was used with another request.</summary>
    IdempotencyKeyReused,

    // ---- results ----

    /// <summary>Neither JSON nor CSV is accepted.</summary>
    NotAcceptable,

    QueueUnknown,

    WorkloadUnknown,

    // ---- real time ----

    /// <summary>The integration does not ask who is in which state now.</summary>
    RealTimeOff,

    // ---- adherence ----

    /// <summary>Activities of one agent would be at the same time.</summary>
    SchedulesOverlap,

    /// <summary>One replacement of an integration's schedules at a time.</summary>
    SchedulesBusy,
}
