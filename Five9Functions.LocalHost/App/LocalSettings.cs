using Five9Functions.LocalHost.Hosting;

namespace Five9Functions.LocalHost.App;

/// <summary>What the host does differently on one machine: it looks into its queues often, because nobody pays for it.</summary>
internal static class LocalSettings
{
    public static string HostJson { get; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    public static FunctionsHostOptions Quick(FunctionsHostOptions options) => options with
    {
        MinimumPoll = TimeSpan.FromMilliseconds(5),
        MaximumPoll = TimeSpan.FromMilliseconds(100),
        RetryDelay = TimeSpan.FromSeconds(1),
    };
}
