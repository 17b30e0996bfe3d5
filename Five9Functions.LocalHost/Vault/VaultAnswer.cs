namespace Five9Functions.LocalHost.Vault;

/// <summary>How a vault answers until it is told otherwise.</summary>
internal sealed record VaultAnswer
{
    private VaultAnswer(VaultFault? fault) => Fault = fault;

    /// <summary>As the vault's contents are.</summary>
    public static VaultAnswer Truth { get; } = new((VaultFault?)null);

    /// <summary>Not at all: the connection stays open until the caller hangs up.</summary>
    public static VaultAnswer Nothing { get; } = new((VaultFault?)null);

    /// <summary>The connection is cut.</summary>
    public static VaultAnswer Broken { get; } = new((VaultFault?)null);

    /// <summary>503.</summary>
    public static VaultAnswer Unavailable { get; } = new(new VaultFault(503, "ServiceUnavailable", "The service is unavailable."));

    /// <summary>403 for an identity without a role.</summary>
    public static VaultAnswer Forbidden { get; } = new(new VaultFault(403, "Forbidden", "Caller is not authorized to perform action on resource.", "ForbiddenByRbac"));

    /// <summary>As the contents are, but 403 to whoever changes them.</summary>
    public static VaultAnswer ReadOnly { get; } = new((VaultFault?)null);

    public VaultFault? Fault { get; }

    /// <summary>429.</summary>
    public static VaultAnswer Throttled(int retryAfterSeconds) =>
        new(new VaultFault(429, "Throttled", "Request was not processed because too many requests were received.", RetryAfter: retryAfterSeconds));

    public bool Equals(VaultAnswer? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>An error as Key Vault writes it.</summary>
internal sealed record VaultFault(int Status, string Code, string Message, string? Inner = null, int RetryAfter = 0)
{
    public static VaultFault BadParameter(string message) => new(400, "BadParameter", message);

    public static VaultFault NotFound(string name) => new(404, "SecretNotFound", $"A secret with (name/id) {name} was not found in this key vault.");

    public static VaultFault Disabled { get; } = new(403, "Forbidden", "Operation get is not allowed on a disabled secret.", "SecretDisabled");

    public static VaultFault Deleted(string name) => new(
        409, "Conflict", $"Secret {name} is currently in a deleted but recoverable state, and its name cannot be reused; in this state, the secret can only be recovered or purged.", "ObjectIsDeletedButRecoverable");

    public object ToJson() => new { error = Inner is null ? (object)new { code = Code, message = Message } : new { code = Code, message = Message, innererror = new { code = Inner } } };
}

/// <summary>Ends a request with an error.</summary>
internal sealed class VaultFaultException(VaultFault fault) : Exception(fault.Message)
{
    public VaultFault Fault { get; } = fault;
}
