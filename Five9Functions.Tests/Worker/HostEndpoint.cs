using System.Collections.Concurrent;
using System.Net;
using Five9Functions.Tests.Worker.Protocol;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.Tests.Worker;

/// <summary>The gRPC endpoint of the Functions host, for one worker: it sends requests, gives their answers, and keeps what the worker logs.</summary>
internal sealed class HostEndpoint : FunctionRpc.FunctionRpcBase, IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource<StreamingMessage>> _asked = new();
    private readonly TaskCompletionSource<IServerStreamWriter<StreamingMessage>> _worker = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<StreamingMessage> _gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _writing = new(1);
    private readonly WebApplication _web;

    private HostEndpoint()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(this).AddGrpc();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2));
        _web = builder.Build();
        _web.MapGrpcService<HostEndpoint>();
    }

    public string Address => _web.Urls.Single();

    /// <summary>All log lines of the worker so far. Those of an invocation are here before its answer is.</summary>
    public ConcurrentQueue<RpcLog> Logs { get; } = new();

    public static async Task<HostEndpoint> StartAsync(CancellationToken cancellationToken)
    {
        var endpoint = new HostEndpoint();
        await endpoint._web.StartAsync(cancellationToken);
        return endpoint;
    }

    /// <summary>Lets what waits for the worker fail.</summary>
    public void Fail(string reason) => _gone.TrySetException(new InvalidOperationException(reason));

    public async Task<StreamingMessage> AskAsync(StreamingMessage request, CancellationToken cancellationToken)
    {
        request.RequestId = Guid.NewGuid().ToString();
        var answer = _asked[request.RequestId] = new TaskCompletionSource<StreamingMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        await SendAsync(request, cancellationToken);
        return await (await Task.WhenAny(answer.Task, _gone.Task).WaitAsync(cancellationToken));
    }

    public async Task SendAsync(StreamingMessage message, CancellationToken cancellationToken)
    {
        await await Task.WhenAny(_worker.Task, _gone.Task).WaitAsync(cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await (await _worker.Task).WriteAsync(message, cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    public override async Task EventStream(
        IAsyncStreamReader<StreamingMessage> requestStream, IServerStreamWriter<StreamingMessage> responseStream, ServerCallContext context)
    {
        await foreach (var message in requestStream.ReadAllAsync(context.CancellationToken))
        {
            switch (message.ContentCase)
            {
                case StreamingMessage.ContentOneofCase.StartStream:
                    _worker.TrySetResult(responseStream);
                    break;

                case StreamingMessage.ContentOneofCase.RpcLog:
                    Logs.Enqueue(message.RpcLog);
                    break;

                default:
                    if (_asked.TryRemove(message.RequestId, out var asked))
                    {
                        asked.SetResult(message);
                    }

                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _web.DisposeAsync();
        _writing.Dispose();
    }
}
