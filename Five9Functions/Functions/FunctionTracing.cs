using System.Diagnostics;
using Five9Functions.Credentials;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Telemetry;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Functions;

/// <summary>What stands between every function that nobody waits for and its work: storage that is there, a span, and the run's name at each line of the log.</summary>
public sealed partial class FunctionTracing(PrepareStorage storage, ILogger<FunctionTracing> logger)
{
    /// <summary>What a message asks for.</summary>
    /// <param name="name">The function's.</param>
    /// <param name="queue">Where the message was.</param>
    /// <param name="message">One that names nothing, such as {}, is dropped with a warning: no delivery would ever succeed. The JSON null is one too.</param>
    public Task TraceAsync(string name, string queue, Message? message, Func<Task> work, CancellationToken cancellationToken)
    {
        if (message is not { IsComplete: true })
        {
            Log.Empty(logger, queue);
            return Task.CompletedTask;
        }

        var parent = Traces.Parent(message.TraceParent, message.Trace);
        return RunAsync(name, ActivityKind.Consumer, parent, message.Names, work, cancellationToken);
    }

    /// <summary>What an event of the key vault asks for.</summary>
    /// <inheritdoc cref="TraceAsync(string, string, Message, Func{Task}, CancellationToken)" path="/param"/>
    public Task TraceAsync(string name, string queue, CredentialEvents? message, Func<Task> work, CancellationToken cancellationToken)
    {
        if (message is not { IsEmpty: false })
        {
            Log.Empty(logger, queue);
            return Task.CompletedTask;
        }

        return TraceAsync(name, work, cancellationToken);
    }

    /// <summary>What a timer asks for.</summary>
    /// <param name="name">The function's.</param>
    public Task TraceAsync(string name, Func<Task> work, CancellationToken cancellationToken) => RunAsync(name, ActivityKind.Internal, default, [], work, cancellationToken);

    private async Task RunAsync(
        string name, ActivityKind kind, ActivityContext parent, IReadOnlyList<KeyValuePair<string, object?>> names, Func<Task> work, CancellationToken cancellationToken)
    {
        // The host's own span of this invocation is in another trace.
        ActivityLink[]? links = Activity.Current is { } host && host.TraceId != parent.TraceId ? [new ActivityLink(host.Context)] : null;
        using var span = Traces.Source.StartActivity(name, kind, parent, names, links);
        using var scope = logger.BeginScope(names);
        try
        {
            await storage.WithItAsync(work, cancellationToken);
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, e.GetType().Name);
            throw;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "A message of the queue {Queue} is empty or lacks what it is about, so it is dropped. The importer sends none like it: see what else writes to the queue.")]
        public static partial void Empty(ILogger logger, string queue);
    }
}
