using System.Collections.Concurrent;
using Five9Functions.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// The secrets in memory. However many want one, the vault is asked once; while it does not answer, what it said last goes on serving,
/// and it is left in peace for a while.
/// </summary>
public sealed partial class Five9Secrets(SecretStore reader, IOptions<KeyVaultOptions> options, TimeProvider time, ILogger<Five9Secrets> logger)
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.OrdinalIgnoreCase); // as Key Vault's names are
    private readonly Duration _cache = Duration.FromTimeSpan(options.Value.Cache);
    private readonly Duration _pause = Duration.FromTimeSpan(options.Value.Pause);

    /// <param name="notVersion">
    /// A version that the caller cannot use. It is dropped and the secret read again, though not more often than the pause allows: it can
    /// still be the newest, so look at what comes back.
    /// </param>
    public async Task<SecretReading> GetAsync(string name, string? notVersion, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(name, _ => new Entry());
        Task reading;
        lock (entry)
        {
            if (entry.Reading.IsCompleted)
            {
                if (!IsDue(entry, notVersion, time.Now()))
                {
                    return entry.Known!;
                }

                entry.Reading = ReadAsync(name, entry);
            }

            reading = entry.Reading;
        }

        // The reading goes on without the one who asked first: others wait for it too.
        await reading.WaitAsync(cancellationToken);
        lock (entry)
        {
            return entry.Known!;
        }
    }

    /// <summary>What the vault says to a question that is asked from now on, never what is in memory. While it is left in peace, that it does not answer.</summary>
    public async Task<SecretReading> NewestAsync(string name, CancellationToken cancellationToken)
    {
        var entry = _entries.GetOrAdd(name, _ => new Entry());
        Task<SecretReading>? own = null;
        while (own is null)
        {
            Task earlier;
            lock (entry)
            {
                earlier = entry.Reading;
                if (earlier.IsCompleted)
                {
                    if (entry.Silent is { } silent && time.Now() < entry.DueAt)
                    {
                        return silent;
                    }

                    entry.Reading = own = ReadAsync(name, entry);
                }
            }

            await earlier.WaitAsync(cancellationToken);
        }

        return await own.WaitAsync(cancellationToken);
    }

    private bool IsDue(Entry entry, string? notVersion, Instant now)
    {
        if (entry.Known is null || now >= entry.DueAt)
        {
            return true;
        }

        if (entry.Known is not SecretReading.Held { Secret: var secret } || (secret.Version != notVersion && !(secret.Expires <= now)) || now < entry.EarliestDrop)
        {
            return false;
        }

        entry.EarliestDrop = now + _pause;
        return true;
    }

    private async Task<SecretReading> ReadAsync(string name, Entry entry)
    {
        var reading = await reader.ReadAsync(name);
        var now = time.Now();
        lock (entry)
        {
            entry.Silent = reading as SecretReading.Unreachable;
            if (reading is SecretReading.Unreachable unreachable)
            {
                entry.DueAt = entry.EarliestDrop = now + Duration.Max(_pause, Duration.Min(_cache, Duration.FromTimeSpan(unreachable.RetryAfter ?? TimeSpan.Zero)));
                if (entry.Known is SecretReading.Held held)
                {
                    Log.LastGoodServes(logger, name, held.Secret.Version, unreachable.Text);
                    return reading;
                }
            }
            else
            {
                entry.DueAt = now + (reading is SecretReading.Held ? _cache : _pause);
            }

            if (reading is SecretReading.Held { Secret.Version: var version } && (entry.Known as SecretReading.Held)?.Secret.Version != version)
            {
                Log.Read(logger, name, version);
            }

            entry.Known = reading;
            return reading;
        }
    }

    private sealed class Entry
    {
        public Task Reading { get; set; } = Task.CompletedTask;

        public SecretReading? Known { get; set; }

        /// <summary>The last reading, if the vault did not answer it.</summary>
        public SecretReading.Unreachable? Silent { get; set; }

        public Instant DueAt { get; set; }

        /// <summary>Until then a version that cannot be used is not dropped once more.</summary>
        public Instant EarliestDrop { get; set; }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The secret {Secret} was read; its version is {Version}.")]
        public static partial void Read(ILogger logger, string secret, string version);

        [LoggerMessage(2, LogLevel.Warning, "Version {Version} of the secret {Secret}, read before, goes on serving. {Reason}")]
        public static partial void LastGoodServes(ILogger logger, string secret, string version, string reason);
    }
}
