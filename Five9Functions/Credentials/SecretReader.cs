using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Azure;
using Azure.Identity;
using Azure.Security.KeyVault.Secrets;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Telemetry;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Credentials;

/// <summary>Reads the newest version of a secret, once. What it says of a failure names the secret and the vault, and never quotes an answer.</summary>
internal sealed class SecretReader(SecretClient vault, ImportMetrics metrics, IOptions<KeyVaultOptions> options, TimeProvider time)
{
    private string Host => vault.VaultUri.Host;

    public async Task<SecretReading> ReadAsync(string name)
    {
        using var span = Traces.Source.StartActivity("vault read", ActivityKind.Client);
        var reading = await ReadOnceAsync(name);
        var outcome = reading switch { SecretReading.Held => "held", SecretReading.Refused refused => refused.Error.Problem.Code(), _ => "unreachable" };
        metrics.Read(outcome);
        span?.SetTag("Outcome", outcome);
        return reading;
    }

    private async Task<SecretReading> ReadOnceAsync(string name)
    {
        using var timeout = new CancellationTokenSource(options.Value.Timeout, time);
        try
        {
            KeyVaultSecret secret = await vault.GetSecretAsync(name, cancellationToken: timeout.Token);
            return Five9Secret.Parse(secret.Value) is var (userName, password, host) && secret.Properties is var properties
                ? new SecretReading.Held(new Five9Secret
                {
                    Version = properties.Version,
                    UserName = userName,
                    Password = password,
                    Host = host,
                    NotBefore = At(properties.NotBefore),
                    Expires = At(properties.ExpiresOn),
                    Created = At(properties.CreatedOn),
                    Replaces = properties.Tags.TryGetValue(Five9Secret.ReplacesTag, out var replaced) ? replaced : null,
                    IsOurs = properties.Tags.ContainsKey(Five9Secret.OursTag),
                    IsSent = properties.Tags.ContainsKey(Five9Secret.SentTag),
                })
                : Refused(
                    ImportProblem.SecretUnreadable,
                    $"The secret {name} of the key vault {Host} is not JSON with userName and password: store a new version of the form that docs/credentials.md shows.");
        }
        catch (RequestFailedException e)
        {
            return Failed(name, e);
        }
        catch (AuthenticationFailedException)
        {
            return Unreachable(name, "the app could not get a token for it: see whether its identity is set up");
        }
        catch (IOException)
        {
            return Unreachable(name, "the connection broke");
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Unreachable(name, string.Create(CultureInfo.InvariantCulture, $"no answer within {options.Value.Timeout.TotalSeconds:0} s"));
        }
    }

    private SecretReading Failed(string name, RequestFailedException e) => e.Status switch
    {
        404 => Refused(ImportProblem.SecretMissing, $"The secret {name} is not in the key vault {Host}: put it in as docs/credentials.md shows."),
        403 when InnerCode(e) == "SecretDisabled" => Refused(
            ImportProblem.SecretDisabled, $"The newest version of the secret {name} of the key vault {Host} is disabled: enable it, or store a new version."),
        408 or 429 or >= 500 => Unreachable(name, $"HTTP {e.Status}", RetryAfter(e)),
        0 => Unreachable(name, "it could not be reached"),
        _ => Refused(
            ImportProblem.VaultRefused,
            $"The key vault {Host} refused the secret {name} to the app (HTTP {e.Status}): give its identity the role Key Vault Secrets User, and see whether the vault's firewall lets it in."),
    };

    private static SecretReading.Refused Refused(ImportProblem problem, string text) => new(new ImportError(problem, text));

    private SecretReading.Unreachable Unreachable(string name, string why, TimeSpan? retryAfter = null) =>
        new($"The key vault {Host} did not hand out the secret {name} ({why}).", retryAfter);

    // {"error": {"code": "Forbidden", "innererror": {"code": "SecretDisabled"}}}: the client surfaces the outer code alone.
    private static string? InnerCode(RequestFailedException e)
    {
        try
        {
            using var body = JsonDocument.Parse(e.GetRawResponse()?.Content.ToMemory() ?? default);
            return body.RootElement.GetProperty("error").GetProperty("innererror").GetProperty("code").GetString();
        }
        catch (Exception missing) when (missing is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }

    private TimeSpan? RetryAfter(RequestFailedException e) =>
        e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out var value) != true ? null
        : int.TryParse(value, CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds)
        : DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var at) ? at - time.GetUtcNow()
        : null;

    private static Instant? At(DateTimeOffset? time) => time is { } at ? Instant.FromDateTimeOffset(at) : null;
}
