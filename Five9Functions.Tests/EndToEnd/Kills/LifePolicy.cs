using Azure.Core;
using Azure.Core.Pipeline;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>Ties every request of an instance to storage, retries too, to the instance's life. Nearest to the wire: it must see what the server did.</summary>
internal sealed class LifePolicy(InstanceLife life, TakenMessages taken) : HttpPipelinePolicy
{
    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => life.PassAsync(
        new InstanceRequest(message.Request),
        async () =>
        {
            await ProcessNextAsync(message, pipeline);
            await taken.SeeAsync(message.Request, message.Response);
            return !message.Response.IsError;
        });
}
