namespace Five9Functions.Problems;

/// <summary>
/// Everything that can keep a slice from being done: why it waits, or why it failed. docs/troubleshooting.md says of each what to do.
/// Stored by its <see cref="KebabCase.Code"/>, such as report-not-found.
/// </summary>
public enum ImportProblem
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

public static class ImportProblems
{
    /// <summary>Whether the report came and could not be read: asked again at each tick, it would use up the quota of the day.</summary>
    public static bool IsOfTheContent(this ImportProblem problem) => problem
        is ImportProblem.RowsUnreadable or ImportProblem.HeaderUnreadable or ImportProblem.ColumnMissing or ImportProblem.ColumnRepeated or ImportProblem.RecordTooLong
            or ImportProblem.DateOrderUnknown or ImportProblem.TooManyRowsInAMinute or ImportProblem.TooManyRows;

    /// <summary>Whether a person ended the slice, so that it says nothing of the report.</summary>
    public static bool IsOfAPerson(this ImportProblem problem) => problem is ImportProblem.Cancelled or ImportProblem.IntegrationPaused or ImportProblem.IntegrationRemoved;

    /// <summary>Whether every other slice of the same report would fail alike, until a person changes the report, the user or the settings.</summary>
    public static bool IsOfTheReport(this ImportProblem problem) => problem
        is ImportProblem.SecretMissing or ImportProblem.SecretDisabled or ImportProblem.SecretExpired or ImportProblem.SecretNotYetValid or ImportProblem.SecretUnreadable
        or ImportProblem.SecretOfAnotherUser or ImportProblem.SecretOfAnotherHost or ImportProblem.HostNotAllowed
        or ImportProblem.VaultRefused or ImportProblem.ZoneUnknown or ImportProblem.ReportNotFound or ImportProblem.RoleMissing or ImportProblem.RequestRefused or ImportProblem.AddressWrong
        or ImportProblem.HeaderUnreadable or ImportProblem.ColumnMissing or ImportProblem.ColumnRepeated or ImportProblem.DateOrderUnknown;
}
