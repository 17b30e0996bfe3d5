namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function for each HTTP request. Stands in for the real attribute in the Local build.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class HttpTriggerAttribute(AuthorizationLevel authLevel, params string[] methods) : Attribute
{
    public AuthorizationLevel AuthLevel { get; } = authLevel;

    public string[]? Methods { get; } = methods;

    public string? Route { get; set; }
}

/// <summary>Which key a request needs. Stands in for the real type in the Local build.</summary>
public enum AuthorizationLevel
{
    Anonymous,
    User,
    Function,
    System,
    Admin,
}
