namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs a function on a six-field NCRONTAB schedule. Stands in for the real attribute in the Local build.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class TimerTriggerAttribute(string schedule) : Attribute
{
    public string Schedule { get; } = schedule;

    public bool RunOnStartup { get; set; }

    public bool UseMonitor { get; set; } = true;
}
