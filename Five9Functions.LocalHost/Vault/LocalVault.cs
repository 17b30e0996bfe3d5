using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Security.KeyVault.Secrets;
using Azure.Storage.Queues;
using Five9Functions.Credentials;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.LocalHost.Vault;

/// <summary>One vault of the stand-in: where it is, how to be its client, what it was asked, and how it shall answer.</summary>
internal sealed class LocalVault(Uri uri, HttpMessageHandler handler, TokenCredential credential, VaultStore store, TimeProvider time)
{
    private readonly Dictionary<string, int> _requests = new(StringComparer.Ordinal);
    private readonly List<(string Request, int Times, TaskCompletionSource Reached)> _awaited = [];
    private VaultAnswer _answer = VaultAnswer.Truth;

    public Uri Uri { get; } = uri;

    public HttpMessageHandler Handler { get; } = handler;

    public TokenCredential Credential { get; } = credential;

    public VaultSecrets Secrets { get; } = new(store, time, uri);

    /// <summary>Null until somebody wants them.</summary>
    public VaultEvents? Events { get; private set; }

    /// <summary>What authorized requests are answered from now on.</summary>
    public VaultAnswer Answer
    {
        get => Volatile.Read(ref _answer);
        set => Volatile.Write(ref _answer, value);
    }

    /// <summary>
    /// The requests so far as they are now, refused ones included, by operation and secret, such as "get five9-acme": get, set, update,
    /// versions, delete, getDeleted, recover, purge; "list" alone; and "challenge" for those without the token.
    /// </summary>
    public IReadOnlyDictionary<string, int> Requests
    {
        get
        {
            lock (_requests)
            {
                return new Dictionary<string, int>(_requests, StringComparer.Ordinal);
            }
        }
    }

    /// <summary>For a client that trusts this vault's certificate and no other; whoever takes it may change the rest.</summary>
    public SecretClientOptions ClientOptions() => new() { Transport = new HttpClientTransport(new HttpClient(Handler, disposeHandler: false)) };

    public SecretClient Client() => new(Uri, Credential, ClientOptions());

    /// <summary>Lets an app take this vault for its key vault; its setting is <see cref="Setting"/>.</summary>
    public void Serve(IServiceCollection services)
    {
        services.AddSingleton(ClientOptions());
        services.AddSingleton(Credential); // here nothing else takes an identity
    }

    public KeyValuePair<string, string?> Setting => new($"{KeyVaultOptions.Section}:{nameof(KeyVaultOptions.Uri)}", Uri.AbsoluteUri);

    /// <summary>Sends the events of the secrets to a queue, from now on; the queue must be there.</summary>
    public void SendEventsTo(QueueClient queue)
    {
        Events = new VaultEvents(store, Uri, queue, time);
        Events.Start();
    }

    public async Task EndEventsAsync()
    {
        var events = Events;
        Events = null;
        if (events is not null)
        {
            await events.DisposeAsync();
        }
    }

    public void Count(string request)
    {
        lock (_requests)
        {
            var times = _requests[request] = _requests.GetValueOrDefault(request) + 1;
            foreach (var awaited in _awaited.Where(a => a.Request == request && a.Times <= times))
            {
                awaited.Reached.TrySetResult();
            }
        }
    }

    /// <summary>Completes when a request has come so many times, whether or not it is answered.</summary>
    public Task WhenAskedAsync(string request, int times)
    {
        lock (_requests)
        {
            if (_requests.GetValueOrDefault(request) >= times)
            {
                return Task.CompletedTask;
            }

            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((request, times, reached));
            return reached.Task;
        }
    }
}
