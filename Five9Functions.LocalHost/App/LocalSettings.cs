using Five9Functions.LocalHost.Hosting;

namespace Five9Functions.LocalHost.App;

/// <summary>What the host does differently on one machine: it looks into a queue when the app has sent to it, and tries again soon.</summary>
internal static class LocalSettings
{
    public static string HostJson { get; } = Path.Combine(AppContext.BaseDirectory, "host.json");

    public static FunctionsHostOptions Quick(FunctionsHostOptions options) => options with
    {
        MinimumPoll = TimeSpan.FromMilliseconds(5),
        RetryDelay = TimeSpan.FromSeconds(1),
    };
}
