using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Azure.Functions.Worker.OpenTelemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Five9Functions;

/// <summary>The app as a worker of the Functions host: what the host calls, and what it gets to know of it.</summary>
internal static class WorkerHost
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args)
    {
        var builder = FunctionsApplication.CreateBuilder(args);
        var exported = TelemetryRegistration.IsExported(builder.Configuration);
        if (exported)
        {
            builder.Use(next => context => InItsScopeAsync(next, context));
        }

        builder.ConfigureFunctionsWebApplication();
        builder.Services.AddFive9Functions(builder.Configuration);

        // It writes each request with its query, and there the function key can be.
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        builder.Logging.AddProvider(new ConsoleOutsideInvocations());
        if (exported)
        {
            // The host now leaves the app's telemetry to the app. Without an exporter it would be nowhere.
            builder.Services.AddOpenTelemetry().UseFunctionsWorkerDefaults();
        }

        return builder;
    }

    // The worker's own scope names the invocation as OpenTelemetry does, and by that name the worker does not find it when it sends a
    // line to the host; the host drops lines of no invocation.
    private static async Task InItsScopeAsync(FunctionExecutionDelegate next, FunctionContext context)
    {
        var logger = context.InstanceServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(WorkerHost).FullName!);
        using var scope = logger.BeginScope(new Dictionary<string, object> { [ConsoleOutsideInvocations.InvocationScope] = context.InvocationId });
        await next(context);
    }
}
