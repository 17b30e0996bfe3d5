namespace Microsoft.Azure.Functions.Worker;

/// <summary>What the host tells a timer function. Stands in for the real type in the Local build.</summary>
public class TimerInfo
{
    public ScheduleStatus? ScheduleStatus { get; set; }

    public bool IsPastDue { get; set; }
}

/// <summary>When a timer ran last and runs next. Stands in for the real type in the Local build.</summary>
public class ScheduleStatus
{
    public DateTime Last { get; set; }

    public DateTime Next { get; set; }

    public DateTime LastUpdated { get; set; }
}
