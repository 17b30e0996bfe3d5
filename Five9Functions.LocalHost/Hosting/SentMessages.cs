using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// In the pipeline of an app's queue clients: tells the host what the app sends, so that the host need not look into a queue again and
/// again to find it. A message whose answer was lost may have been sent too.
/// </summary>
public sealed class SentMessages : HttpPipelinePolicy
{
    private const string Path = "/messages";
    private const string Hidden = "visibilitytimeout=";

    /// <summary>The queue's name, and how long the message is hidden.</summary>
    internal event Action<string, TimeSpan>? Sent;

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            ProcessNext(message, pipeline);
        }
        finally
        {
            Tell(message.Request);
        }
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            Tell(message.Request);
        }
    }

    private void Tell(Request request)
    {
        if (Sent is { } sent && request.Method == RequestMethod.Post && request.Uri.Path.EndsWith(Path, StringComparison.Ordinal))
        {
            var queue = request.Uri.Path[..^Path.Length];
            sent(queue[(queue.LastIndexOf('/') + 1)..], HiddenFor(request.Uri.Query));
        }
    }

    private static TimeSpan HiddenFor(string query) =>
        query.TrimStart('?').Split('&').FirstOrDefault(part => part.StartsWith(Hidden, StringComparison.Ordinal)) is { } part
        && int.TryParse(part[Hidden.Length..], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            ? TimeSpan.FromSeconds(seconds)
            : TimeSpan.Zero;
}
