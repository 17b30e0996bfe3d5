using Five9Functions.Imports;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of the import, in the order of the flow: README.md.</summary>
public sealed class ImportFunctions(ScheduleImports scheduleImports, StartImport startImport, FetchAgentStates fetchAgentStates, NormalizeDay normalizeDay)
{
    [Function("ScheduleImports")]
    public Task ScheduleImports([TimerTrigger("%ImportSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        scheduleImports.RunAsync(cancellationToken);

    [Function("StartImport")]
    public Task StartImport([QueueTrigger(ImportQueues.ImportJobs)] ImportJob job, int dequeueCount, CancellationToken cancellationToken) =>
        startImport.RunAsync(job, dequeueCount, cancellationToken);

    [Function("FetchAgentStates")]
    public Task FetchAgentStates([QueueTrigger(ImportQueues.AgentStateReports)] SliceStep step, int dequeueCount, CancellationToken cancellationToken) =>
        fetchAgentStates.RunAsync(step, dequeueCount, cancellationToken);

    [Function("NormalizeDay")]
    public Task NormalizeDay([QueueTrigger(ImportQueues.NormalizeJobs)] NormalizeJob job, int dequeueCount, CancellationToken cancellationToken) =>
        normalizeDay.RunAsync(job, dequeueCount, cancellationToken);
}
