namespace Five9Functions.Problems;

/// <summary>
/// Everything that can keep a slice from being done: why it waits, or why it failed. docs/troubleshooting.md says of each what to do.
/// Stored by its <see cref="Codes.Code"/>, such as report-not-found.
/// </summary>
public enum SliceProblem
{
    // A person has to change something.
    CredentialRejected,
    PasswordExpired,
    SecretMissing,
    SecretDisabled,
    SecretExpired,
    SecretNotYetValid,
    SecretUnreadable,
    SecretOfAnotherUser,
    SecretOfAnotherHost,
    HostNotAllowed,
    VaultRefused,
    ZoneUnknown,
    ReportNotFound,
    RoleMissing,
    RequestRefused,
    AddressWrong,
    HeaderUnreadable,
    ColumnMissing,
    ColumnRepeated,
    RecordTooLong,
    RowsUnreadable,
    DateOrderUnknown,
    TooManyRowsInAMinute,
    TooManyRows,

    // It passes, and the slice goes on by itself or is planned again.
    VaultUnavailable,
    CredentialUnproven,
    QuotaUsedUp,
    BackfillShareUsed,
    UserBusy,
    TurnLost,
    Five9Unreachable,
    Five9Failed,
    CallTimedOut,
    TooSlow,
    AnswerUnreadable,
    AnswerCutShort,
    ResultNotReady,
    ReportGone,
    SessionLost,
    ReportTimedOut,

    // Somebody changed the integration.
    IntegrationRemoved,
    IntegrationPaused,

    // A person stopped the run.
    Cancelled,

    // A fault of the importer or of storage.
    GivenUp,
    NotNormalized,
}

public static class SliceProblems
{
    /// <summary>Whether the report came and could not be read: asked again at each tick, it would use up the quota of the day.</summary>
    public static bool IsOfTheContent(this SliceProblem problem) => problem
        is SliceProblem.RowsUnreadable or SliceProblem.HeaderUnreadable or SliceProblem.ColumnMissing or SliceProblem.ColumnRepeated or SliceProblem.RecordTooLong
            or SliceProblem.DateOrderUnknown or SliceProblem.TooManyRowsInAMinute or SliceProblem.TooManyRows;

    /// <summary>Whether a person ended the slice, so that it says nothing of the report.</summary>
    public static bool IsOfAPerson(this SliceProblem problem) => problem is SliceProblem.Cancelled or SliceProblem.IntegrationPaused or SliceProblem.IntegrationRemoved;

    /// <summary>Whether every other slice of the same report would fail alike, until a person changes the report, the user or the settings.</summary>
    public static bool IsOfTheReport(this SliceProblem problem) => problem
        is SliceProblem.SecretMissing or SliceProblem.SecretDisabled or SliceProblem.SecretExpired or SliceProblem.SecretNotYetValid or SliceProblem.SecretUnreadable
        or SliceProblem.SecretOfAnotherUser or SliceProblem.SecretOfAnotherHost or SliceProblem.HostNotAllowed
        or SliceProblem.VaultRefused or SliceProblem.ZoneUnknown or SliceProblem.ReportNotFound or SliceProblem.RoleMissing or SliceProblem.RequestRefused or SliceProblem.AddressWrong
        or SliceProblem.HeaderUnreadable or SliceProblem.ColumnMissing or SliceProblem.ColumnRepeated or SliceProblem.DateOrderUnknown;
}
