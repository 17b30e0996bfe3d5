using System.Threading.Channels;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage.Queues;
using Five9Functions.LocalHost.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.Tests.LocalHost.Hosting;

/// <summary>A host over one function class, a queue of its own, and what can be seen of both.</summary>
internal sealed class HostBench : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Channel<Invocation> _finished = Channel.CreateUnbounded<Invocation>();

    private HostBench(ServiceProvider services, FunctionsHost host, SentRequests requests, QueueClient queue, QueueClient poison)
    {
        _services = services;
        Host = host;
        Requests = requests;
        Queue = queue;
        Poison = poison;
        host.InvocationFinished += (_, invocation) => _finished.Writer.TryWrite(invocation);
    }

    public FunctionsHost Host { get; }

    public Probe Probe => _services.GetRequiredService<Probe>();

    public SentRequests Requests { get; }

    /// <summary>Sends and reads texts as they are, without base64.</summary>
    public QueueClient Queue { get; }

    public QueueClient Poison { get; }

    /// <summary>Runs that were reported and not yet read.</summary>
    public int Finished => _finished.Reader.Count;

    /// <summary>Quick in everything that only waits; tests change what they are about.</summary>
    public static FunctionsHostOptions Quick { get; } = new()
    {
        MinimumPoll = TimeSpan.FromMilliseconds(10),
        MaximumPoll = TimeSpan.FromMilliseconds(50),
    };

    /// <summary>A host on Azurite; the queue exists, the host is not started.</summary>
    public static async Task<HostBench> OnStorageAsync<TFunctions>(FunctionsHostOptions options)
    {
        var name = TestStorage.NewName("host");
        var connection = await TestStorage.ConnectionStringAsync();
        var sender = new QueueClientOptions();
        if (options.Sent is { } sent)
        {
            sender.AddPolicy(sent, HttpPipelinePosition.PerCall);
        }

        var queue = new QueueClient(connection, name, sender);
        await queue.CreateAsync();
        return Create<TFunctions>(connection, options, TimeProvider.System, queue, new QueueClient(connection, $"{name}-poison"));
    }

    /// <summary>A host for timer functions; storage is never called.</summary>
    public static HostBench WithoutStorage<TFunctions>(TimeProvider time, params (string Key, string Value)[] settings)
    {
        const string nowhere = "UseDevelopmentStorage=true";
        return Create<TFunctions>(nowhere, Quick, time, new QueueClient(nowhere, "unused"), new QueueClient(nowhere, "unused-poison"), settings);
    }

    /// <summary>A host for HTTP functions; storage is never called.</summary>
    public static HostBench WithHttp<TFunctions>(string key)
    {
        const string nowhere = "UseDevelopmentStorage=true";
        return Create<TFunctions>(nowhere, Quick with { Http = new HttpServerOptions(0, key) }, TimeProvider.System, new QueueClient(nowhere, "unused"), new QueueClient(nowhere, "unused-poison"));
    }

    public ValueTask<Invocation> NextFinishedAsync(CancellationToken cancellationToken) => _finished.Reader.ReadAsync(cancellationToken);

    public async Task<long> CountAsync(CancellationToken cancellationToken) => (await Queue.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCountLong;

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        await _services.DisposeAsync();
    }

    private static HostBench Create<TFunctions>(string connection, FunctionsHostOptions options, TimeProvider time, QueueClient queue, QueueClient poison, params (string Key, string Value)[] settings)
    {
        var services = new ServiceCollection().AddSingleton<Probe>().AddSingleton(time).BuildServiceProvider(validateScopes: true);
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Append(("Queue", queue.Name)).Select(setting => KeyValuePair.Create(setting.Item1, (string?)setting.Item2)))
            .Build();
        var requests = new SentRequests();
        var clientOptions = new QueueClientOptions();
        clientOptions.AddPolicy(requests, HttpPipelinePosition.PerCall);
        var host = new FunctionsHost([typeof(TFunctions)], services, configuration, new QueueServiceClient(connection, clientOptions), options, time);
        return new HostBench(services, host, requests, queue, poison);
    }
}

/// <summary>The visibility changes that the host asked storage for, in seconds, as each was answered.</summary>
internal sealed class SentRequests : HttpPipelinePolicy
{
    private readonly Channel<string> _hidden = Channel.CreateUnbounded<string>();

    /// <summary>The <c>visibilitytimeout</c> of the next message update that was answered.</summary>
    public ValueTask<string> NextHiddenAsync(CancellationToken cancellationToken) => _hidden.Reader.ReadAsync(cancellationToken);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => ProcessNext(message, pipeline);

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        await ProcessNextAsync(message, pipeline);
        var query = message.Request.Uri.Query.TrimStart('?').Split('&');
        if (message.Request.Method == RequestMethod.Put && query.SingleOrDefault(part => part.StartsWith("visibilitytimeout=", StringComparison.Ordinal)) is { } hidden)
        {
            _hidden.Writer.TryWrite($"{hidden} {message.Response.Status}");
        }
    }
}
