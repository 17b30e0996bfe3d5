using Azure;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Credentials;

/// <summary>Deletes the secret of a removed integration, softly: whoever runs the vault can recover it for as long as the vault keeps what was deleted.</summary>
public sealed partial class RemovedSecret(SecretStore store, IntegrationTable integrations, ILogger<RemovedSecret> logger)
{
    /// <summary>Only the secret that goes by the integration's id: any other name was given by a person, and belongs to one.</summary>
    /// <returns>Empty when it is gone, or is another integration's; else why it is not, in a sentence: try again later.</returns>
    public async Task<string> DeleteAsync(string integration, CancellationToken cancellationToken)
    {
        var name = new IntegrationSettings().SecretNameFor(integration);
        try
        {
            if ((await integrations.AllAsync(cancellationToken)).FirstOrDefault(other => other.SecretName.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } other)
            {
                Log.Needed(logger, name, integration, other.Id);
                return "";
            }
        }
        catch (UnreadableRowException e)
        {
            return NotDeleted(name, $"Whether another integration uses it is not known. {e.Message}");
        }

        try
        {
            // A rotation that was cut off leaves a pending one.
            await store.DeleteAsync(PendingSecret.NameOf(name), cancellationToken);
            if (await store.DeleteAsync(name, cancellationToken))
            {
                Log.Deleted(logger, name, integration);
            }

            return "";
        }
        catch (Five9Exception e)
        {
            return NotDeleted(name, e.InnerException switch
            {
                RequestFailedException { Status: 403 } => "The vault refuses it (HTTP 403): let the app's identity delete secrets, or delete it yourself.",
                RequestFailedException { Status: > 0 and var status } => $"The vault answered HTTP {status}.",
                _ => "The vault could not be reached.",
            });
        }
    }

    private string NotDeleted(string name, string why)
    {
        var problem = $"The secret {name} of the key vault {store.Host} could not be deleted. {why}";
        Log.NotDeleted(logger, problem);
        return problem;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The secret {Secret} of the removed integration {Integration} is deleted.")]
        public static partial void Deleted(ILogger logger, string secret, string integration);

        [LoggerMessage(2, LogLevel.Information, "The secret {Secret} of the removed integration {Integration} stays: {Other} uses it.")]
        public static partial void Needed(ILogger logger, string secret, string integration, string other);

        [LoggerMessage(3, LogLevel.Warning, "{Problem} It is tried again at the next tick.")]
        public static partial void NotDeleted(ILogger logger, string problem);
    }
}
