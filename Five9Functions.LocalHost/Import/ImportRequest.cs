using System.Text;
using Five9Functions.Calls;
using Five9Functions.Five9.Csv;
using NodaTime;

namespace Five9Functions.LocalHost.Import;

/// <summary>What the command <c>import</c> was asked for: one of the files, or both.</summary>
/// <param name="AgentStates">The exported agent-state report.</param>
/// <param name="CallLog">The exported call log.</param>
/// <param name="Grouping">What makes a queue.</param>
/// <param name="Zone">Of the reports' times.</param>
/// <param name="AsOf">When the reports were run; null: a moment after their newest start or end, so only rows without a duration are open.</param>
internal sealed record ImportRequest(FileInfo? AgentStates, FileInfo? CallLog, QueueGrouping Grouping, DateTimeZone Zone, Instant? AsOf, DirectoryInfo Output)
{
    /// <summary>Of the files; null: what their bytes say.</summary>
    public Encoding? Encoding { get; init; }

    /// <summary>Which number of a date is the day where the year stands last; null: what the dates of each file say.</summary>
    public DateOrder? Dates { get; init; }
}
