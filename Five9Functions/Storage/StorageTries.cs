using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Storage;

/// <summary>Whether the storage client has sent a request more than once, so that a refusal may be due to its own first try.</summary>
internal sealed class StorageTries
{
    private const string Key = "Five9Functions.StorageTries";

    public bool Repeated { get; private set; }

    /// <summary>Counts the requests that are sent until the result is disposed.</summary>
    public IDisposable Count() => HttpPipeline.CreateHttpMessagePropertiesScope(new Dictionary<string, object?> { [Key] = this });

    public static void Repeat(HttpMessage message)
    {
        if (message.TryGetProperty(Key, out var value) && value is StorageTries tries)
        {
            tries.Repeated = true;
        }
    }
}
