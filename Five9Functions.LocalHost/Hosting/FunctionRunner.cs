using System.Reflection;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>Runs a function once: a scope and an instance of its own, and whatever it throws told as an <see cref="Invocation"/>.</summary>
internal sealed partial class FunctionRunner(IServiceProvider services, TimeProvider time, ILogger logger)
{
    /// <param name="function">What to run.</param>
    /// <param name="read">Makes the trigger's data; what it throws (a message that is no JSON) is the function's failure.</param>
    /// <param name="dequeueCount">Which delivery this is, 0 for a timer.</param>
    /// <param name="cancellationToken">Handed to the function.</param>
    public async Task<Invocation> RunAsync(LocalFunction function, Func<TriggerData> read, long dequeueCount, CancellationToken cancellationToken)
    {
        var began = time.GetTimestamp();
        Exception? error = null;
        try
        {
            await CallAsync(function, read(), cancellationToken);
        }
        catch (OperationCanceledException cancelled) when (cancellationToken.IsCancellationRequested)
        {
            error = cancelled;
            Log.Cancelled(logger, function.Name);
        }
        catch (Exception thrown) // The host outlives its functions; the error travels on in the Invocation.
        {
            error = thrown;
            Log.Failed(logger, function.Name, dequeueCount, thrown);
        }

        return new Invocation(function.Name, time.GetElapsedTime(began), error, dequeueCount);
    }

    private async Task CallAsync(LocalFunction function, TriggerData trigger, CancellationToken cancellationToken)
    {
        await using var scope = services.CreateAsyncScope();
        var instance = function.Method.IsStatic ? null : ActivatorUtilities.CreateInstance(scope.ServiceProvider, function.Method.DeclaringType!);
        try
        {
            var arguments = function.Arguments.Select(argument => argument(trigger, cancellationToken)).ToArray();
            if (function.Method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null) is Task running)
            {
                await running;
                if (running is Task<IResult> { Result: var answer } && trigger.Value is HttpRequest request)
                {
                    await answer.ExecuteAsync(request.HttpContext);
                }
            }
        }
        finally
        {
            // The scope does not know what CreateInstance made.
            if (instance is IAsyncDisposable later)
            {
                await later.DisposeAsync();
            }
            else
            {
                (instance as IDisposable)?.Dispose();
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "Function {Function} failed at delivery {DequeueCount}")]
        public static partial void Failed(ILogger logger, string function, long dequeueCount, Exception exception);

        [LoggerMessage(2, LogLevel.Warning, "Function {Function} was cancelled because the host stops")]
        public static partial void Cancelled(ILogger logger, string function);
    }
}
