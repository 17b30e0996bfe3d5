using System.Diagnostics;
using Azure;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Telemetry;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>
/// The key vault: reads the newest version of a secret, stores versions, disables and deletes them, each once. What it says of a failure names the
/// secret and the vault, and never quotes a value or an answer.
/// </summary>
public sealed class SecretStore(SecretClient vault, ImportMetrics metrics, IOptions<KeyVaultOptions> options, TimeProvider time)
{
    /// <summary>The vault's host, for sentences.</summary>
    public string Host => vault.VaultUri.Host;

    /// <summary>The newest version.</summary>
    public async Task<SecretReading> ReadAsync(string name)
    {
        using var span = Traces.Source.StartActivity("vault read", ActivityKind.Client);
        var reading = await ReadOnceAsync(name);
        var outcome = reading switch { SecretReading.Held => "held", SecretReading.Refused refused => refused.Error.Problem.Code(), _ => "unreachable" };
        metrics.Read(outcome);
        span?.SetTag("Outcome", outcome);
        return reading;
    }

    /// <summary>Stores a new version, enabled. A secret that was deleted but keeps its name is recovered for it.</summary>
    /// <param name="integration">Names the secret, and what is stored beside the password.</param>
    /// <param name="password">The password.</param>
    /// <param name="expires">When the password ends; null when that is not known.</param>
    /// <param name="tags">Besides that of the integration.</param>
    /// <returns>The version's id.</returns>
    /// <exception cref="Five9MisconfiguredException">The vault refuses it.</exception>
    /// <exception cref="Five9TransientException">The vault does not answer; it may have stored it all the same.</exception>
    public Task<string> StoreAsync(Integration integration, string password, Instant? expires, params (string Name, string Value)[] tags) =>
        ChangeAsync($"store the secret {integration.SecretName}", token => vault.StoreVersionAsync(integration, password, expires, tags, token));

    /// <summary>Stores a password that came over HTTP, untried.</summary>
    /// <inheritdoc cref="StoreAsync" path="/returns|/exception"/>
    public Task<string> StoreSentAsync(Integration integration, string password) => AskAsync(
        token => vault.StoreVersionAsync(integration, password, expires: null, [(Five9Secret.SentTag, "http")], token),
        (fault, _) => fault switch
        {
            { Silence: { } why } => new Five9TransientException(
                ImportProblem.VaultUnavailable, $"The key vault {Host} did not say that it stored the secret {integration.SecretName} ({why}): send the password again."),
            { Status: 409 } => new Five9MisconfiguredException(
                ImportProblem.VaultRefused, $"The key vault {Host} has deleted the secret {integration.SecretName} but keeps its name: recover or purge it there, or name another secret."),
            _ => new Five9MisconfiguredException(
                ImportProblem.VaultRefused,
                $"The key vault {Host} did not let the app store the secret {integration.SecretName} (HTTP {fault.Status}): give its identity the role Key Vault Secrets Officer, "
                    + "or store the password there yourself (docs/credentials.md), leave it out here and name the secret."),
        });

    /// <summary>A password may be stored under the name: nothing is there, or something of our form. Whether the vault takes it, only storing shows.</summary>
    /// <exception cref="Five9MisconfiguredException">Something else is there, or the vault refuses the app.</exception>
    /// <exception cref="Five9TransientException">The vault does not answer.</exception>
    public async Task RequireOursAsync(string name)
    {
        switch (await ReadAsync(name))
        {
            case SecretReading.Refused { Error: { Problem: ImportProblem.SecretUnreadable } }:
                throw new Five9MisconfiguredException(
                    ImportProblem.SecretUnreadable, $"The secret {name} of the key vault {Host} holds something that is not the importer's, so it is not written over: name another secret.");

            case SecretReading.Refused { Error: { Problem: ImportProblem.VaultRefused, Text: var text } }:
                throw new Five9MisconfiguredException(ImportProblem.VaultRefused, $"{text} To store passwords it needs the role Key Vault Secrets Officer as well.");

            case SecretReading.Unreachable { Text: var text, RetryAfter: var retryAfter }:
                throw new Five9TransientException(ImportProblem.VaultUnavailable, text, retryAfter: retryAfter);
        }
    }

    /// <summary>Deletes a secret, softly: the vault can recover it for as long as it keeps what was deleted.</summary>
    /// <returns>Whether it was there.</returns>
    /// <inheritdoc cref="StoreAsync" path="/exception"/>
    public Task<bool> DeleteAsync(string name, CancellationToken cancellationToken = default) => ChangeAsync(
        $"delete the secret {name}",
        async token =>
        {
            try
            {
                await vault.StartDeleteSecretAsync(name, token);
                return true;
            }
            catch (RequestFailedException e) when (e.Status == 404)
            {
                return false;
            }
        },
        cancellationToken);

    /// <summary>Disables the versions that another one replaced so long ago.</summary>
    /// <returns>How many.</returns>
    /// <inheritdoc cref="StoreAsync" path="/exception"/>
    public Task<int> DisableReplacedAsync(string name, TimeSpan ago) => ChangeAsync($"disable old versions of the secret {name}", async token =>
    {
        var versions = await vault.GetPropertiesOfSecretVersionsAsync(name, token).OrderBy(v => v.CreatedOn).ToListAsync(token);
        var newest = (await vault.GetSecretAsync(name, cancellationToken: token)).Value.Properties.Version; // two can be of one second
        var disabled = 0;
        for (var i = 0; i < versions.Count; i++)
        {
            var replacedOn = i + 1 < versions.Count ? versions[i + 1].CreatedOn : versions[i].CreatedOn;
            if (versions[i] is { Enabled: true } version && version.Version != newest && replacedOn + ago <= time.GetUtcNow())
            {
                version.Enabled = false;
                await vault.UpdateSecretPropertiesAsync(version, token);
                disabled++;
            }
        }

        return disabled;
    });

    private async Task<SecretReading> ReadOnceAsync(string name)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            KeyVaultSecret secret = await vault.GetSecretAsync(name, cancellationToken: timeout.Token);
            return Five9Secret.Read(secret) is { } read ? new SecretReading.Held(read) : Refused(
                ImportProblem.SecretUnreadable,
                $"The secret {name} of the key vault {Host} is not JSON with userName and password: store a new version of the form that docs/credentials.md shows.");
        }
        catch (Exception e) when (FaultOf(e, timeout) is { } fault)
        {
            return Failed(name, fault);
        }
    }

    private SecretReading Failed(string name, VaultFault fault) => fault switch
    {
        { Silence: { } why } => new SecretReading.Unreachable($"The key vault {Host} did not hand out the secret {name} ({why}).", fault.RetryAfter),
        { Status: 404 } => Refused(ImportProblem.SecretMissing, $"The secret {name} is not in the key vault {Host}: put it in as docs/credentials.md shows."),
        { Status: 403, Code: "SecretDisabled" } => Refused(
            ImportProblem.SecretDisabled, $"The newest version of the secret {name} of the key vault {Host} is disabled: enable it, or store a new version."),
        _ => Refused(
            ImportProblem.VaultRefused,
            $"The key vault {Host} refused the secret {name} to the app (HTTP {fault.Status}): give its identity the role Key Vault Secrets User, and see whether the vault's firewall lets it in."),
    };

    private static SecretReading.Refused Refused(ImportProblem problem, string text) => new(new ImportError(problem, text));

    private Task<T> ChangeAsync<T>(string what, Func<CancellationToken, Task<T>> change, CancellationToken cancellationToken = default) => AskAsync(
        change,
        (fault, e) => fault.Silence is null && fault.Status is not (404 or 409)
            ? new Five9MisconfiguredException(
                ImportProblem.VaultRefused, $"The key vault {Host} did not let the app {what} (HTTP {fault.Status}): give its identity the role Key Vault Secrets Officer (docs/credentials.md).", e)
            : new Five9TransientException(ImportProblem.VaultUnavailable, $"The key vault {Host} did not {what} ({fault.Silence ?? $"HTTP {fault.Status}"}).", e),
        cancellationToken);

    private async Task<T> AskAsync<T>(Func<CancellationToken, Task<T>> ask, Func<VaultFault, Exception, Five9Exception> error, CancellationToken cancellationToken = default)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await ask(either.Token);
        }
        catch (Exception e) when (FaultOf(e, timeout) is { } fault)
        {
            throw error(fault, e);
        }
    }

    private VaultFault? FaultOf(Exception e, CancellationTokenSource timeout) => VaultFault.Of(e, timeout.IsCancellationRequested, options.Value.Timeout, time.GetUtcNow());
}
