using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// Takes up what happens to the secrets: a new version is tried at once, one that nears its expiry is replaced if the importer manages
/// it. What the vault tells (queue credential-events) and what the timer finds go the same way.
/// </summary>
public sealed partial class RotateCredential
{
    private static readonly TimeSpan AgainAfterSilence = TimeSpan.FromMinutes(1);

    private readonly IntegrationTable _integrations;
    private readonly Five9Secrets _secrets;
    private readonly CredentialCheck _check;
    private readonly ManagedRotation _rotation;
    private readonly SecretCleanup _tidying;
    private readonly CredentialEventQueue _queue;
    private readonly ImportMetrics _metrics;
    private readonly RotationOptions _options;
    private readonly ImportOptions _imports;
    private readonly TimeProvider _time;
    private readonly ILogger<RotateCredential> _logger;

    public RotateCredential(
        IntegrationTable integrations,
        Five9Secrets secrets,
        CredentialCheck check,
        ManagedRotation rotation,
        SecretCleanup tidying,
        CredentialEventQueue queue,
        ImportMetrics metrics,
        IOptions<RotationOptions> options,
        IOptions<ImportOptions> imports,
        TimeProvider time,
        ILogger<RotateCredential> logger)
    {
        (_integrations, _secrets, _check, _rotation, _tidying, _queue, _metrics) = (integrations, secrets, check, rotation, tidying, queue, metrics);
        (_options, _imports, _time, _logger) = (options.Value, imports.Value, time, logger);
    }

    /// <summary>One message. What cannot be done now is sent again, for later.</summary>
    public async Task RunAsync(CredentialEvents message, CancellationToken cancellationToken)
    {
        var integrations = await _integrations.AllAsync(e => Log.Unreadable(_logger, e.Message), cancellationToken);
        foreach (var happened in message.Events)
        {
            await RunAsync(happened, integrations, cancellationToken);
        }
    }

    /// <summary>The timer: finds what no event told.</summary>
    /// <exception cref="AggregateException">Some secrets could not be looked at; the next look tries again.</exception>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var failures = new FailureCollector(cancellationToken);
        var active = (await _integrations.AllAsync(failures.Failed, cancellationToken)).Where(i => !i.Paused).ToList();
        await failures.EachAsync(Each(active).ToAsyncEnumerable(), _imports.TickParallelism, i => $"credential of {i.Id}", i => LookAsync(i, cancellationToken));

        failures.ThrowIfAnyFailed("Some credentials could not be looked at; the next look tries again.");
    }

    private async Task LookAsync(Integration integration, CancellationToken cancellationToken)
    {
        await AgainAsync(await _check.RunAsync(integration, cancellationToken), CredentialEvent.NewVersion(integration.SecretName), cancellationToken);
        if (integration.Rotation != CredentialRotation.Managed || await _secrets.GetAsync(integration.SecretName, notVersion: null, cancellationToken) is not SecretReading.Held { Secret: var secret })
        {
            return;
        }

        if ((IsDue(secret) && !await _rotation.IsRefusedAsync(integration, cancellationToken)) || await _tidying.IsHalfDoneAsync(integration, secret, cancellationToken))
        {
            await RotateAsync(integration, secret.Version, cancellationToken);
        }

        await _tidying.RunAsync(integration, cancellationToken);
    }

    private async Task RunAsync(CredentialEvent happened, IReadOnlyList<Integration> integrations, CancellationToken cancellationToken)
    {
        var users = Each(integrations.Where(i => i.SecretName.Equals(happened.Secret, StringComparison.OrdinalIgnoreCase))).ToList();
        if (happened.Kind != CredentialEventKind.Unknown && Each(integrations.Where(i => PendingSecret.NameOf(i.SecretName).Equals(happened.Secret, StringComparison.OrdinalIgnoreCase))).FirstOrDefault() is { } owner)
        {
            // Our own doing; if whoever did it died of it, this ends it.
            await LookAsync(owner, cancellationToken);
            return;
        }

        if (happened.Kind == CredentialEventKind.Unknown || users.Count == 0)
        {
            _metrics.Dropped();
            Log.Dropped(_logger, PlainText.Escape(happened.Type), PlainText.Escape(happened.Secret));
            return;
        }

        foreach (var integration in users)
        {
            switch (happened.Kind)
            {
                case CredentialEventKind.NewVersion when integration.Paused:
                    break; // nothing waits for it; whoever resumes tries it

                case CredentialEventKind.NewVersion:
                    await AgainAsync(await _check.RunAsync(integration, cancellationToken), happened, cancellationToken);
                    break;

                case CredentialEventKind.RotationRequested:
                    await RotateAsync(integration, happened.Version, cancellationToken);
                    break;

                case CredentialEventKind.NearExpiry or CredentialEventKind.Expired:
                    await ExpiresAsync(integration, happened, cancellationToken);
                    break;
            }
        }
    }

    private async Task ExpiresAsync(Integration integration, CredentialEvent happened, CancellationToken cancellationToken)
    {
        if (await _secrets.NewestAsync(integration.SecretName, cancellationToken) is not SecretReading.Held { Secret: var secret } || (happened.Version.Length > 0 && secret.Version != happened.Version))
        {
            return; // it was replaced already
        }

        if (integration.Rotation != CredentialRotation.Managed)
        {
            Log.Expires(_logger, integration.UserName, integration.Id, secret.Expires, integration.SecretName);
        }
        else if (!secret.IsOurs || IsDue(secret))
        {
            await RotateAsync(integration, secret.Version, cancellationToken);
        }
    }

    private async Task RotateAsync(Integration integration, string version, CancellationToken cancellationToken)
    {
        if (integration.Rotation == CredentialRotation.Managed)
        {
            await AgainAsync(await _rotation.RunAsync(integration, version, cancellationToken), CredentialEvent.RotationRequested(integration.SecretName, version), cancellationToken);
        }
    }

    private Task AgainAsync(RotationOutcome outcome, CredentialEvent happened, CancellationToken cancellationToken) => outcome switch
    {
        RotationOutcome.Busy => _queue.SendAsync(happened, _imports.UserBusy, cancellationToken),
        RotationOutcome.Later => _queue.SendAsync(happened, AgainAfterSilence, cancellationToken),
        _ => Task.CompletedTask,
    };

    /// <summary>Passwords of ours can live for less than what counts as near: each is used for two thirds of its life.</summary>
    private bool IsDue(Five9Secret secret)
    {
        if (secret.Expires is not { } expires)
        {
            return false;
        }

        var near = Duration.FromTimeSpan(_options.NearExpiry);
        return expires - _time.Now() <= (secret is { IsOurs: true, Created: { } created } ? Duration.Min(near, (expires - created) / 3) : near);
    }

    /// <summary>One integration for each user and secret; one that is managed, if any is.</summary>
    private static IEnumerable<Integration> Each(IEnumerable<Integration> integrations) => integrations
        .OrderByDescending(i => i.Rotation == CredentialRotation.Managed).ThenBy(i => i.Id, StringComparer.Ordinal)
        .DistinctBy(i => (Five9UserTable.KeyOf(i), i.SecretName.ToLowerInvariant()));

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "An event '{Type}' of the secret '{Secret}' means nothing to any integration; it is dropped.")]
        public static partial void Dropped(ILogger logger, string type, string secret);

        [LoggerMessage(2, LogLevel.Warning, "The password of {UserName} ({Integration}) expires at {Expires}: change it in Five9, and store it as a new version of the secret {Secret} right afterwards.")]
        public static partial void Expires(ILogger logger, string userName, string integration, Instant? expires, string secret);

        [LoggerMessage(3, LogLevel.Error, "An integration is left out. {Reason}")]
        public static partial void Unreadable(ILogger logger, string reason);
    }
}
