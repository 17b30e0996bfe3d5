namespace Microsoft.Azure.Functions.Worker;

/// <summary>Names a function. Stands in for the real attribute in the Local build.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FunctionAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}
