using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// How the host treats queues and time. Without a host.json the values are the Functions host's own defaults.
/// The storage service counts visibility in whole seconds, so <see cref="RetryDelay"/> and <see cref="MessageInvisibility"/> do too.
/// </summary>
public sealed record FunctionsHostOptions
{
    /// <summary>Messages taken at once, 1 to 32.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>The next batch is taken when no more than this many functions of the queue are running. Null: half of <see cref="BatchSize"/>.</summary>
    public int? NewBatchThreshold { get; init; }

    /// <summary>After this many failed deliveries a message goes to the poison queue.</summary>
    public int MaxDequeueCount { get; init; } = 5;

    /// <summary>How long a message stays hidden after a failed delivery: host.json's <c>visibilityTimeout</c>.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.Zero;

    /// <summary>How the text of a message carries its JSON.</summary>
    public QueueMessageEncoding MessageEncoding { get; init; } = QueueMessageEncoding.Base64;

    /// <summary>How long a message is hidden while its function works; renewed at half. It is given back only then if the process dies.</summary>
    public TimeSpan MessageInvisibility { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The pause before looking into a queue again that was empty; it grows to <see cref="MaximumPoll"/> while nothing comes.</summary>
    public TimeSpan MinimumPoll { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The longest pause: host.json's <c>maxPollingInterval</c>.</summary>
    public TimeSpan MaximumPoll { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What the app sends, if its queue clients have this in their pipeline: then a queue is looked into when something was sent, and
    /// each <see cref="MaximumPoll"/> for what others sent. Null: nobody says so.
    /// </summary>
    public SentMessages? Sent { get; init; }

    /// <summary>How long a stopping host waits for running functions before it cancels them, and then for the cancelled ones to end.</summary>
    public TimeSpan StopTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Null: HTTP functions are not served.</summary>
    public HttpServerOptions? Http { get; init; }

    /// <summary>
    /// The clock of polling, renewing and stopping. It is not the clock of the timers: the storage service's own clock is a
    /// real one, and a host whose timers run on a test's clock must still look into its queues.
    /// </summary>
    public TimeProvider QueueTime { get; init; } = TimeProvider.System;

    internal int RunningBeforeNextBatch => NewBatchThreshold ?? BatchSize / 2;

    /// <summary>Reads <c>extensions.queues</c> of a host.json; what is absent keeps its default.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidOperationException">A value is of the wrong kind or out of range; the message names its key.</exception>
    public static FunctionsHostOptions FromHostJson(string path)
    {
        var queues = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath(path)).Build().GetSection("extensions:queues");
        var defaults = new FunctionsHostOptions();
        return new FunctionsHostOptions
        {
            BatchSize = InRange(queues, "batchSize", defaults.BatchSize, 1, 32),
            NewBatchThreshold = queues["newBatchThreshold"] is null ? null : InRange(queues, "newBatchThreshold", 0, 0, 1000),
            MaxDequeueCount = InRange(queues, "maxDequeueCount", defaults.MaxDequeueCount, 1, 1000),
            MaximumPoll = LongestPoll(queues, defaults),
            RetryDelay = queues.GetValue("visibilityTimeout", defaults.RetryDelay),
            MessageEncoding = queues.GetValue("messageEncoding", defaults.MessageEncoding),
        };
    }

    // The Functions host refuses a shorter one too.
    private static TimeSpan LongestPoll(IConfigurationSection section, FunctionsHostOptions defaults) =>
        section.GetValue("maxPollingInterval", defaults.MaximumPoll) is var value && value >= defaults.MinimumPoll
            ? value
            : throw new InvalidOperationException($"host.json: extensions.queues.maxPollingInterval is {value:c}; it must be at least {defaults.MinimumPoll:c}.");

    private static int InRange(IConfigurationSection section, string key, int byDefault, int least, int most) =>
        section.GetValue(key, byDefault) is var value && value >= least && value <= most
            ? value
            : throw new InvalidOperationException($"host.json: extensions.queues.{key} is {value}; it must be from {least} to {most}.");
}
