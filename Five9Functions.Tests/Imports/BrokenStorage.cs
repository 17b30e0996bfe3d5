using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;

namespace Five9Functions.Tests.Imports;

/// <summary>Tables that can be away: each request then fails, or is never answered.</summary>
internal sealed class BrokenStorage : HttpPipelinePolicy
{
    public bool Fails { get; set; }

    /// <summary>Requests that fail.</summary>
    public Func<Request, bool> FailsFor { get; init; } = _ => false;

    public bool Hangs { get; set; }

    public static TableServiceClient Tables(string storage, BrokenStorage broken)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 1;
        options.Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.AddPolicy(broken, HttpPipelinePosition.PerRetry);
        return new TableServiceClient(storage, options);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (Hangs)
        {
            await Task.Delay(Timeout.Infinite, message.CancellationToken);
        }

        if (Fails || FailsFor(message.Request))
        {
            throw new RequestFailedException("The network is away.");
        }

        await ProcessNextAsync(message, pipeline);
    }
}
