namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function for each message of a storage queue. Stands in for the real attribute in the Local build.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class QueueTriggerAttribute(string queueName) : Attribute
{
    public string QueueName { get; } = queueName;

    public string? Connection { get; set; }
}
