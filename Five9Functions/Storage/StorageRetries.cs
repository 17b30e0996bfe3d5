using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Storage;

/// <summary>
/// How long a request to storage is tried before the step that sent it is given back to its queue: seconds, because a function is
/// to be short and a message waits for nothing. So a service that asks for a longer pause than that gets none of us.
/// </summary>
internal sealed class StorageRetries : RetryPolicy
{
    private readonly TimeSpan _longest;

    private StorageRetries(RetryOptions options)
        : base(options.MaxRetries, DelayStrategy.CreateExponentialDelayStrategy(options.Delay, options.MaxDelay)) => _longest = options.MaxDelay;

    /// <summary>Four tries with pauses of about half a second, one and two; 20 seconds without a byte count as no answer.</summary>
    public static T Brief<T>(T options)
        where T : ClientOptions
    {
        options.Retry.MaxRetries = 3;
        options.Retry.Delay = TimeSpan.FromSeconds(0.5);
        options.Retry.MaxDelay = TimeSpan.FromSeconds(5);
        options.Retry.NetworkTimeout = TimeSpan.FromSeconds(20);
        return options;
    }

    /// <summary>Has a client's requests tried as its options say, but never later than a service's Retry-After when that is long.</summary>
    public static T Apply<T>(T options)
        where T : ClientOptions
    {
        options.RetryPolicy ??= new StorageRetries(options.Retry);
        return options;
    }

    protected override bool ShouldRetry(HttpMessage message, Exception? exception) => Told(message, base.ShouldRetry(message, exception) && !AsksForLonger(message));

    protected override async ValueTask<bool> ShouldRetryAsync(HttpMessage message, Exception? exception) =>
        Told(message, await base.ShouldRetryAsync(message, exception) && !AsksForLonger(message));

    private static bool Told(HttpMessage message, bool again)
    {
        if (again)
        {
            StorageTries.Repeat(message);
        }

        return again;
    }

    private bool AsksForLonger(HttpMessage message) => message.HasResponse
        && message.Response.Headers.TryGetValue("Retry-After", out var text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        && TimeSpan.FromSeconds(seconds) > _longest;
}
