using Five9Functions.Imports;
using Five9Functions.Retention;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of the import, in the order of the flow: README.md.</summary>
public sealed class ImportFunctions(ScheduleImports scheduleImports, StartImport startImport, FetchReport fetchReport, NormalizeDay normalizeDay, CompareDay compareDay, RemoveData removeData, FunctionTracing tracing)
{
    [Function("ScheduleImports")]
    public Task ScheduleImports([TimerTrigger("%ImportSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(ScheduleImports), () => scheduleImports.RunAsync(cancellationToken), cancellationToken);

    [Function("StartImport")]
    public Task StartImport([QueueTrigger(StorageLayout.ImportJobs)] ImportJob job, int dequeueCount, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(StartImport), StorageLayout.ImportJobs, job, () => startImport.RunAsync(job, dequeueCount, cancellationToken), cancellationToken);

    [Function("FetchCallLog")]
    public Task FetchCallLog([QueueTrigger(StorageLayout.CallLogReports)] SliceStep step, int dequeueCount, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(FetchCallLog), StorageLayout.CallLogReports, step, () => fetchReport.RunAsync(step, dequeueCount, cancellationToken), cancellationToken);

    [Function("FetchAgentStates")]
    public Task FetchAgentStates([QueueTrigger(StorageLayout.AgentStateReports)] SliceStep step, int dequeueCount, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(FetchAgentStates), StorageLayout.AgentStateReports, step, () => fetchReport.RunAsync(step, dequeueCount, cancellationToken), cancellationToken);

    [Function("NormalizeDay")]
    public Task NormalizeDay([QueueTrigger(StorageLayout.NormalizeJobs)] NormalizeJob job, int dequeueCount, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(NormalizeDay), StorageLayout.NormalizeJobs, job, () => normalizeDay.RunAsync(job, dequeueCount, cancellationToken), cancellationToken);

    [Function("CompareDay")]
    public Task CompareDay([QueueTrigger(StorageLayout.CompareJobs)] CompareJob job, int dequeueCount, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(CompareDay), StorageLayout.CompareJobs, job, () => compareDay.RunAsync(job, dequeueCount, cancellationToken), cancellationToken);

    [Function("RemoveData")]
    public Task RemoveData([QueueTrigger(StorageLayout.RemovalJobs)] RemovalJob job, int dequeueCount, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(RemoveData), StorageLayout.RemovalJobs, job, () => removeData.RunAsync(job, dequeueCount, cancellationToken), cancellationToken);
}
