using Azure.Core;
using Azure.Core.Pipeline;
using Five9Functions.Storage;
using Five9Functions.Tests.EndToEnd;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>What becomes of one try of one request.</summary>
internal delegate Task<HttpResponseMessage> Fault(HttpRequestMessage request, Func<Task<HttpResponseMessage>> send);

/// <summary>
/// The network between the real storage clients and Azurite. Every try of every request passes here, those that a client repeats
/// by itself too.
/// </summary>
internal sealed class FaultyNetwork : DelegatingHandler
{
    private readonly Lock _lock = new();
    private readonly List<string> _happened = [];
    private readonly List<StorageRequest> _tries = [];
    private readonly HttpClientTransport _transport;

    public FaultyNetwork()
        : base(new SocketsHttpHandler()) => _transport = new HttpClientTransport(new HttpClient(this) { Timeout = Timeout.InfiniteTimeSpan });

    /// <summary>Asked for every try, one at a time; null lets it pass.</summary>
    public Func<StorageRequest, Fault?> Faults { get; set; } = _ => null;

    /// <summary>The requests that a fault came to, as "PUT /account/table(...)".</summary>
    public IReadOnlyList<string> Happened
    {
        get
        {
            lock (_lock)
            {
                return [.. _happened];
            }
        }
    }

    /// <summary>Every try that came here, in their order.</summary>
    public IReadOnlyList<StorageRequest> Tries
    {
        get
        {
            lock (_lock)
            {
                return [.. _tries];
            }
        }
    }

    /// <summary>As the app's clients are, but for pauses that a test need not wait for.</summary>
    public T Options<T>(T options)
        where T : ClientOptions
    {
        StorageRetries.Brief(options).Retry.Delay = TimeSpan.FromMilliseconds(1);
        options.Transport = _transport;
        return StorageRetries.Apply(options);
    }

    /// <summary>The fault comes to the first request for which this holds, and to no other one.</summary>
    public void Once(Func<StorageRequest, bool> which, Fault fault) => Times(1, which, fault);

    public void Times(int times, Func<StorageRequest, bool> which, Fault fault) => Faults = request => which(request) && times-- > 0 ? fault : null;

    /// <summary>Something else happens before any request for which this holds: those that come meanwhile wait for it, too.</summary>
    public void Before(Func<StorageRequest, bool> which, Func<Task> other)
    {
        var done = new Lazy<Task>(other);
        Faults = request => which(request) && !(done.IsValueCreated && done.Value.IsCompleted) ? NetworkFaults.After(() => done.Value) : null;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var seen = await StorageRequest.OfAsync(request, cancellationToken);
        Fault? fault;
        lock (_lock)
        {
            _tries.Add(seen);
            fault = Faults(seen);
            if (fault is not null)
            {
                _happened.Add($"{seen.Method} {seen.Path}");
            }
        }

        return fault is null ? await base.SendAsync(request, cancellationToken) : await fault(request, () => base.SendAsync(request, cancellationToken));
    }
}
