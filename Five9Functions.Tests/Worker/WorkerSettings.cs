using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Worker;

/// <summary>The settings of a worker in the tests: one integration, and a vault that the calls of these tests do not need.</summary>
internal static class WorkerSettings
{
    public static IReadOnlyDictionary<string, string?> Of(string storage) => new Dictionary<string, string?>
    {
        ["AzureWebJobsStorage"] = storage,
        ["KeyVault:Uri"] = "https://vault.example/",
        ["ImportSchedule"] = "0 */5 * * * *",
        ["LiveSchedule"] = "*/15 * * * * *",
        ["Integrations:acme:Region"] = "us",
        ["Integrations:acme:UserName"] = TestSetup.UserName,
        ["Integrations:acme:HistoryDays"] = "1",
        ["Integrations:acme:RealTime"] = "false",
    };

    /// <summary>The line about a message of normalize-jobs that is {}.</summary>
    public const string EmptyMessage = "Warning Five9Functions.Functions.FunctionTracing: A message of the queue normalize-jobs is empty";

    /// <summary>What the host shows of an invocation: level, category and text of each line that names it.</summary>
    public static IReadOnlyList<string> Lines(RunningWorker worker, string invocation) =>
        [.. worker.Logs.Where(log => log.InvocationId == invocation).Select(log => $"{log.Level} {log.Category}: {log.Message}")];
}
