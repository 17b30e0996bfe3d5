using Azure;

namespace Five9Functions.Storage.Tables;

/// <summary>
/// Another writer was faster, or nobody knows whether a write arrived. What was derived may be stale: start again at the manifest.
/// </summary>
public sealed class ProjectionConflictException(string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>
    /// A failed write after which only the manifest tells what the partition holds: a lost race (409, 412, or a row that is gone),
    /// a time-out, a lost connection, or an error of the server that may have come after it committed.
    /// </summary>
    internal static bool Explains(Exception failure) => failure switch
    {
        RequestFailedException { ErrorCode: "TableNotFound" or "TableBeingDeleted" } => false,
        RequestFailedException { Status: 0 or 404 or 408 or 409 or 412 or >= 500 } => true,
        HttpRequestException or IOException or TimeoutException or OperationCanceledException => true,
        AggregateException several => several.Flatten().InnerExceptions.All(Explains),
        _ => false,
    };
}
