using System.Reflection;
using System.Text.Json;
using Azure.Storage.Queues;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Runs an app's timer, queue and HTTP functions in this process with the Functions host's semantics, so that the flow can be tried on a
/// laptop and proven in tests. Errors of functions end in the log and in <see cref="InvocationFinished"/>; the host goes on.
/// </summary>
public sealed partial class FunctionsHost : IAsyncDisposable
{
    private static readonly TimeSpan MaxIdlePause = TimeSpan.FromMilliseconds(40);

    private readonly CancellationTokenSource _stopping = new();
    private readonly CancellationTokenSource _cancelling = new();
    private readonly RunningFunctions _running = new();
    private readonly Dictionary<string, TimerLoop> _timers = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<QueueListener> _listeners = [];
    private readonly HttpServer? _http;
    private readonly FunctionsHostOptions _options;
    private readonly ILogger _logger;
    private readonly Lock _lock = new();
    private Task _work = Task.CompletedTask;
    private Task? _stop;

    /// <param name="functions">The assembly whose public methods with <c>[Function]</c> are run.</param>
    /// <param name="services">The app's container; each invocation gets a scope of its own.</param>
    /// <param name="configuration">Holds the settings that <c>%Setting%</c> refers to.</param>
    /// <param name="queues">Storage. Leave its MessageEncoding at None: the host decodes by host.json itself, or one message that is no base64 would fail its whole batch.</param>
    /// <param name="options">Batches, retries and delays.</param>
    /// <param name="time">The clock of the timers.</param>
    /// <exception cref="InvalidOperationException">A function cannot be run as declared; the message names it and the parameter.</exception>
    public FunctionsHost(Assembly functions, IServiceProvider services, IConfiguration configuration, QueueServiceClient queues, FunctionsHostOptions options, TimeProvider time)
        : this(functions.GetTypes(), services, configuration, queues, options, time)
    {
    }

    internal FunctionsHost(IEnumerable<Type> functions, IServiceProvider services, IConfiguration configuration, QueueServiceClient queues, FunctionsHostOptions options, TimeProvider time)
    {
        _options = options;
        _logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger<FunctionsHost>();
        var runner = new FunctionRunner(services, time, _logger);
        var json = MessageJson(services);
        var found = new FunctionFinder(configuration).In(functions);
        if (options.Http is { } http)
        {
            _http = new HttpServer(found.OfType<HttpFunction>(), http, runner, _running, Report, _cancelling.Token);
        }

        foreach (var function in found)
        {
            if (function is TimerFunction timer)
            {
                _timers.Add(timer.Name, new TimerLoop(timer, runner, _running, Report, time));
            }
            else if (function is QueueFunction queue)
            {
                _listeners.Add(new QueueListener(queue, queues, options, json, runner, _running, Report, _logger));
            }
        }
    }

    /// <summary>Raised on the function's thread after each run, when its message is settled. What a handler throws is logged.</summary>
    public event EventHandler<Invocation>? InvocationFinished;

    /// <summary>Where the HTTP functions are; ends in <c>/api/</c>.</summary>
    /// <exception cref="InvalidOperationException">They are not served.</exception>
    public Uri HttpAddress => _http?.Address ?? throw new InvalidOperationException("HTTP functions are not served: FunctionsHostOptions.Http is null.");

    /// <summary>Creates missing queues and begins to listen.</summary>
    public async Task StartAsync(CancellationToken cancellationToken = default)
    {
        foreach (var listener in _listeners)
        {
            await listener.CreateQueueAsync(cancellationToken);
        }

        if (_http is not null)
        {
            await _http.StartAsync(cancellationToken);
        }

        if (_options.Sent is { } sent)
        {
            sent.Sent += WakeListener;
        }

        _work = Task.WhenAll([
            .. _timers.Values.Select(timer => timer.RunAsync(_stopping.Token, _cancelling.Token)),
            .. _listeners.Select(listener => Task.Run(() => listener.RunAsync(_stopping.Token, _cancelling.Token), CancellationToken.None))]);
        Log.Started(_logger, _timers.Count, _listeners.Count);
    }

    /// <summary>Takes no more work, waits for running functions up to the stop timeout, then cancels them. A host is started once.</summary>
    /// <param name="cancellationToken">Cancelled: running functions are cancelled at once.</param>
    public Task StopAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _stop ??= StopOnceAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var timer in _timers.Values)
        {
            timer.Dispose();
        }

        _stopping.Dispose();
        _cancelling.Dispose();
    }

    /// <summary>Runs a timer function now, whatever its schedule says, after a run that is under way. What it throws comes out here too.</summary>
    /// <exception cref="ArgumentException">There is no timer function of that name.</exception>
    public async Task RunTimerAsync(string functionName, CancellationToken cancellationToken = default)
    {
        if (!_timers.TryGetValue(functionName, out var timer))
        {
            throw new ArgumentException($"There is no timer function '{functionName}'; there are: {string.Join(", ", _timers.Keys)}.", nameof(functionName));
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _cancelling.Token);
        var invocation = await timer.FireAsync(isPastDue: false, either.Token);
        if (invocation.Error is { } error)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(error);
        }
    }

    /// <summary>
    /// Completes when no function runs and no queue of a function holds a message, hidden and delayed ones included; poison queues do
    /// not count. A message that somebody else sends meanwhile may be missed.
    /// </summary>
    public async Task WhenIdleAsync(CancellationToken cancellationToken = default)
    {
        var pause = _options.MinimumPoll;
        QueueListener? waitedFor = null;
        while (true)
        {
            var before = _running.Counts;
            if (before.Running == 0)
            {
                waitedFor = await WithMessagesAsync(waitedFor, cancellationToken);
                if (waitedFor is null && _running.Counts == before)
                {
                    return;
                }

                // What a listener does not take at once is hidden, or another host's: there is no hurry.
                pause = pause < MaxIdlePause ? pause * 2 : pause;
            }

            await Task.Delay(pause, _options.QueueTime, cancellationToken);
            if (_running.Counts.Begun != before.Begun)
            {
                pause = _options.MinimumPoll;
            }
        }
    }

    /// <summary>Looks into idle queues soon: for a caller that just sent a message.</summary>
    public void LookNow() => _listeners.ForEach(listener => listener.Wake());

    private static JsonSerializerOptions MessageJson(IServiceProvider services)
    {
        // As the worker binds: the app's own JsonSerializerOptions, if it configures any, and names without case.
        var configured = services.GetService<IOptions<JsonSerializerOptions>>()?.Value;
        return new JsonSerializerOptions(configured ?? new JsonSerializerOptions()) { PropertyNameCaseInsensitive = true };
    }

    /// <param name="first">Is looked at before the others.</param>
    /// <param name="cancellationToken">Ends looking.</param>
    private async Task<QueueListener?> WithMessagesAsync(QueueListener? first, CancellationToken cancellationToken)
    {
        foreach (var listener in _listeners.OrderByDescending(listener => listener == first))
        {
            if (!await listener.IsEmptyAsync(cancellationToken))
            {
                return listener;
            }
        }

        return null;
    }

    private void WakeListener(string queue, TimeSpan hidden) =>
        _listeners.FindAll(listener => listener.Queue == queue).ForEach(listener => listener.WakeAfter(hidden));

    private async Task StopOnceAsync(CancellationToken cancellationToken)
    {
        if (_options.Sent is { } sent)
        {
            sent.Sent -= WakeListener;
        }

        await _stopping.CancelAsync();
        if (_http is not null)
        {
            await _http.DisposeAsync();
        }

        var ended = Task.WhenAny(_work); // WhenAny: a fault is looked at below, once
        if (!await EndsInTimeAsync(ended, cancellationToken))
        {
            await _cancelling.CancelAsync();
            if (!await EndsInTimeAsync(ended, CancellationToken.None))
            {
                Log.Abandoned(_logger, _running.Counts.Running);
                return;
            }
        }

        await _work;
        Log.Stopped(_logger);
    }

    private async Task<bool> EndsInTimeAsync(Task ended, CancellationToken cancellationToken)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(ended, Task.Delay(_options.StopTimeout, _options.QueueTime, over.Token));
        await over.CancelAsync();
        return ended.IsCompleted;
    }

    private void Report(Invocation invocation)
    {
        try
        {
            InvocationFinished?.Invoke(this, invocation);
        }
        catch (Exception thrown) // Not the function's error, and no reason to stop listening.
        {
            Log.HandlerFailed(_logger, invocation.Function, thrown);
        }

        if (_options.Sent is null)
        {
            LookNow(); // what ran may have sent messages
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "The host runs {Timers} timer functions and {Queues} queue functions")]
        public static partial void Started(ILogger logger, int timers, int queues);

        [LoggerMessage(2, LogLevel.Information, "The host has stopped")]
        public static partial void Stopped(ILogger logger);

        [LoggerMessage(3, LogLevel.Error, "The host has stopped, but {Running} functions did not end when they were cancelled; their messages come back when their invisibility ends")]
        public static partial void Abandoned(ILogger logger, int running);

        [LoggerMessage(4, LogLevel.Error, "A handler of InvocationFinished failed for function {Function}")]
        public static partial void HandlerFailed(ILogger logger, string function, Exception exception);
    }
}
