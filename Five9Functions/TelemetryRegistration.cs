using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Five9Functions.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Five9Functions;

/// <summary>What the app tells of itself, and to whom: docs/operations.md.</summary>
internal static class TelemetryRegistration
{
    private const string ApplicationInsights = "APPLICATIONINSIGHTS_CONNECTION_STRING";

    /// <summary>Whether spans, figures and logs go anywhere but to the host's log.</summary>
    public static bool IsExported(IConfiguration configuration) =>
        configuration.GetSection(TelemetryOptions.Section).Get<TelemetryOptions>() is { Exporter: not TelemetryExporter.None } || !string.IsNullOrEmpty(configuration[ApplicationInsights]);

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var section = configuration.GetSection(TelemetryOptions.Section);
        services.AddOptions<TelemetryOptions>().Bind(section).ValidateOnStart();
        services.AddSingleton<IValidateOptions<TelemetryOptions>, ValidateTelemetry>();
        services.AddMetrics();

        var options = section.Get<TelemetryOptions>() ?? new TelemetryOptions();
        var connection = configuration[ApplicationInsights];
        if (!IsExported(configuration))
        {
            return services; // nobody listens, so no span is made
        }

        var traced = Math.Clamp(options.TracedPercent, 0, 100) / 100.0;

        // By the id of the trace, not by the sender's word: so all steps of an import agree, wherever they run.
        var telemetry = services.AddOpenTelemetry()
            .WithTracing(traces => traces.AddSource(Traces.Name).SetSampler(new TraceIdRatioBasedSampler(traced)))
            .WithMetrics(metrics => metrics.AddMeter(Traces.Name))
            .WithLogging();
        services.Configure<OpenTelemetryLoggerOptions>(logs => (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true));
        if (string.IsNullOrEmpty(connection) && string.IsNullOrEmpty(configuration["OTEL_SERVICE_NAME"]))
        {
            telemetry.ConfigureResource(resource => resource.AddService(Traces.Name)); // in Azure the host names the app
        }

        switch (options.Exporter)
        {
            case TelemetryExporter.Otlp:
                telemetry.UseOtlpExporter();
                break;

            case TelemetryExporter.Console:
                telemetry.WithTracing(traces => traces.AddConsoleExporter()).WithMetrics(metrics => metrics.AddConsoleExporter());
                break;
        }

        if (!string.IsNullOrEmpty(connection))
        {
            telemetry.UseAzureMonitorExporter();
            services.AddOptions<AzureMonitorExporterOptions>().Configure<TokenCredential>((monitor, credential) =>
            {
                monitor.ConnectionString = connection;
                monitor.Credential = credential; // the workspace takes no keys

                // By default it takes some spans a second, of whichever import.
                monitor.TracesPerSecond = null;
                monitor.SamplingRatio = (float)traced;
            });
        }

        return services;
    }
}
