namespace Five9Functions.Api;

/// <summary>The statuses that a function answers with. A test holds them against docs/openapi.yaml, and each answer in a test against them.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ResponsesAttribute(params int[] statuses) : Attribute
{
    public IReadOnlyList<int> Statuses { get; } = statuses;
}
