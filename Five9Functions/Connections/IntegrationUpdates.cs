using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Connections;

/// <summary>
/// Connects integrations and changes them, passwords included. The row decides who of two wins, and only the winner's password is
/// stored; a vault that does not take it leaves everything as it was.
/// </summary>
public sealed partial class IntegrationUpdates
{
    // Only other people's changes make it try again.
    private const int Tries = 20;

    private readonly IntegrationTable _table;
    private readonly SecretStore _secrets;
    private readonly Five9UserTable _users;
    private readonly SecretTurns _turns;
    private readonly EndLiveSession _liveSession;
    private readonly TimeProvider _time;
    private readonly ILogger<IntegrationUpdates> _logger;

    public IntegrationUpdates(
        IntegrationTable table, SecretStore secrets, Five9UserTable users, SecretTurns turns, EndLiveSession liveSession, TimeProvider time, ILogger<IntegrationUpdates> logger) =>
        (_table, _secrets, _users, _turns, _liveSession, _time, _logger) = (table, secrets, users, turns, liveSession, time, logger);

    /// <summary>Why the secret that an integration names must not be sent for it, as far as it can be read; null when it may.</summary>
    public async Task<ImportError?> SecretRefusalAsync(Integration integration) =>
        await _secrets.ReadAsync(integration.SecretName) is SecretReading.Held { Secret: var secret } ? secret.RefusalFor(integration) : null;

    /// <summary>From when on a password that comes over HTTP may be tried for the integration's user; null for at once.</summary>
    public async Task<Instant?> PasswordAllowedAtAsync(Integration integration, CancellationToken cancellationToken) =>
        (await _users.FindAsync(Five9UserTable.KeyOf(integration), cancellationToken))?.Value.SentLoginAt(_time.Now());

    /// <param name="password">Null: the secret is in the vault already.</param>
    /// <exception cref="Five9Exception">The vault did not take the password; nothing was created, unless the message says so.</exception>
    public async Task<IntegrationWrite> CreateAsync(Integration integration, string? password, CancellationToken cancellationToken)
    {
        await using var turn = await TurnAsync(integration, password, cancellationToken);
        if (password is not null)
        {
            await _secrets.RequireOursAsync(integration.SecretName);
        }

        // What was kept of a removed one would lose its place.
        var goesOn = await _table.WasRemovedAsync(integration.Id, cancellationToken);
        var written = await _table.TryAddAsync(integration, cancellationToken);
        if (written == IntegrationWrite.Written)
        {
            Log.Created(_logger, integration.Id, integration.Name);
            await StoreAsync(integration, password, async () => !goesOn && await _table.FindStoredAsync(integration.Id, CancellationToken.None) is { } stored
                && stored.Value == integration && await _table.TryRemoveAsync(stored, CancellationToken.None));
        }

        return written;
    }

    /// <param name="password">Null: it stays as it is.</param>
    /// <exception cref="Five9Exception">The vault did not take the password; nothing was changed, unless the message says so.</exception>
    public async Task<IntegrationWrite> ReplaceAsync(Versioned<Integration> from, Integration to, string? password, CancellationToken cancellationToken)
    {
        await using var turn = await TurnAsync(to, password, cancellationToken);
        if (password is not null)
        {
            await _secrets.RequireOursAsync(to.SecretName);
        }

        var written = await _table.TryReplaceAsync(from, to, cancellationToken);
        if (written == IntegrationWrite.Written)
        {
            Log.Changed(_logger, to.Id, to.Name);

            // Before another password takes the place of the one that the session was opened with.
            await _liveSession.IfOverAsync(from.Value, to, CancellationToken.None);
            await StoreAsync(to, password, async () => await _table.FindStoredAsync(to.Id, CancellationToken.None) is { } stored
                && stored.Value == to && await _table.TryReplaceAsync(stored, from.Value, CancellationToken.None) == IntegrationWrite.Written);
        }

        return written;
    }

    /// <summary>Pauses or resumes, whatever else is changed meanwhile.</summary>
    /// <returns>Null when it is not there any more.</returns>
    public async Task<Versioned<Integration>?> PauseAsync(string id, bool paused, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await _table.FindStoredAsync(id, cancellationToken) is not { } stored || stored.Value.Paused == paused)
            {
                return await _table.FindStoredAsync(id, cancellationToken);
            }

            if (await _table.TryReplaceAsync(stored, stored.Value with { Paused = paused }, cancellationToken) == IntegrationWrite.Written)
            {
                Log.Paused(_logger, id, paused ? "paused" : "resumed");
                await _liveSession.IfOverAsync(stored.Value, stored.Value with { Paused = paused }, cancellationToken);
                return await _table.FindStoredAsync(id, cancellationToken);
            }
        }

        throw new TimeoutException($"The integration {id} changed {Tries} times while it was being {(paused ? "paused" : "resumed")}.");
    }

    // From the row to the vault: the last edit's password is the last one there.
    private async Task<IAsyncDisposable?> TurnAsync(Integration integration, string? password, CancellationToken cancellationToken) =>
        password is null ? null : await _turns.TakeAsync(integration.SecretName, cancellationToken);

    // From here on nobody may give up halfway: what is written has to be made whole or taken back.
    private async Task StoreAsync(Integration integration, string? password, Func<Task<bool>> takeBack)
    {
        if (password is null)
        {
            return;
        }

        string version;
        try
        {
            version = await _secrets.StoreSentAsync(integration, password);
        }
        catch (Five9Exception e)
        {
            var outcome = await takeBack() ? "Nothing was changed." : "The settings are stored as they were sent, but not the password.";
            var text = $"{e.Message} {outcome}";
            throw e is Five9TransientException ? new Five9TransientException(e.Error.Problem, text, e) : new Five9MisconfiguredException(e.Error.Problem, text, e);
        }

        Log.PasswordStored(_logger, integration.Id, integration.SecretName, version);
        await RecordStoredAsync(integration, version);
    }

    // Whoever has an older version in memory looks for the newest one before it calls again.
    private async Task RecordStoredAsync(Integration integration, string version)
    {
        var sharing = await _table.AllAsync(_ => { }, CancellationToken.None);
        foreach (var other in sharing.Where(other => other.SecretName.Equals(integration.SecretName, StringComparison.OrdinalIgnoreCase)).DistinctBy(Five9UserTable.KeyOf))
        {
            await _users.UpdateAsync(await _users.EnsureAsync(other, CancellationToken.None), user => user.WithStored(integration.SecretName, version), CancellationToken.None);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The integration {Integration} ({Name}) was created.")]
        public static partial void Created(ILogger logger, string integration, string name);

        [LoggerMessage(2, LogLevel.Information, "The settings of the integration {Integration} ({Name}) were changed.")]
        public static partial void Changed(ILogger logger, string integration, string name);

        [LoggerMessage(3, LogLevel.Information, "The integration {Integration} was {What}.")]
        public static partial void Paused(ILogger logger, string integration, string what);

        [LoggerMessage(4, LogLevel.Information, "A password of the integration {Integration} was stored: version {Version} of the secret {Secret}.")]
        public static partial void PasswordStored(ILogger logger, string integration, string secret, string version);
    }
}
