using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>Ties an instance's requests to the key vault to its life.</summary>
internal sealed class VaultLife(InstanceLife life) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => life.PassAsync(
        InstanceRequest.OfVault(message.Request),
        async () =>
        {
            await ProcessNextAsync(message, pipeline);
            return !message.Response.IsError;
        });
}
