using Five9Functions.Problems;
namespace Five9Functions.Five9;

/// <summary>
/// Five9 did not do what was asked. The type says what the caller does next; the message says to a person what happened and where, and what
/// to do if it is up to a person. It holds no secrets.
/// </summary>
public abstract class Five9Exception(ImportProblem problem, string message, Exception? inner = null) : Exception(message, inner)
{
    public ImportError Error => new(problem, Message);

    /// <summary>
    /// Nothing that came says that the login was not refused: no answer, half of one, or one in words that nobody knows. With a password
    /// that Five9 has taken before it is a fault like any other; with a new one it may have been a bad login.
    /// </summary>
    public bool LoginUnknown { get; init; }
}

/// <summary>Try the same call again later: a fault of the network or of Five9, or another session of the same user.</summary>
public sealed class Five9TransientException(ImportProblem problem, string message, Exception? inner = null, TimeSpan? retryAfter = null) : Five9Exception(problem, message, inner)
{
    /// <summary>How long the server asked to wait, if it said so.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}

/// <summary>A quota is used up: wait until its window turns (windows are aligned to the calendar).</summary>
public sealed class Five9QuotaExceededException(string message, string operationType) : Five9Exception(ImportProblem.QuotaUsedUp, message)
{
    /// <summary>ReportRequest, RetrieveReport, Query or another of Five9's operation types; empty if the fault did not say.</summary>
    public string OperationType { get; } = operationType;
}

/// <summary>The report id is gone: run the report again.</summary>
public sealed class Five9ReportGoneException(string message) : Five9Exception(ImportProblem.ReportGone, message);

/// <summary>Trying again changes nothing until a person changes the configuration, in Five9 or here.</summary>
public sealed class Five9MisconfiguredException(ImportProblem problem, string message, Exception? inner = null) : Five9Exception(problem, message, inner);

/// <summary>The login was rejected, the account is locked, or the password has expired: never call again with this credential.</summary>
public sealed class Five9CredentialRejectedException(string message, ImportProblem problem = ImportProblem.CredentialRejected) : Five9Exception(problem, message);

/// <summary>There is no session any more: set it up again and ask for everything anew.</summary>
public sealed class Five9SessionLostException(string message, bool takenOver) : Five9Exception(ImportProblem.SessionLost, message)
{
    /// <summary>Somebody else has it; taking it back too often takes it from him.</summary>
    public bool TakenOver { get; } = takenOver;
}
