using Microsoft.Extensions.Options;

namespace Five9Functions.Telemetry;

/// <summary>Where spans, figures and logs go besides the console's log.</summary>
public enum TelemetryExporter
{
    /// <summary>Nowhere, unless Application Insights is connected.</summary>
    None,

    /// <summary>As text, to look at while developing.</summary>
    Console,

    /// <summary>By the OpenTelemetry protocol, to where OTEL_EXPORTER_OTLP_ENDPOINT says.</summary>
    Otlp,
}

/// <summary>The configuration section <c>Telemetry</c>. Application Insights is connected by APPLICATIONINSIGHTS_CONNECTION_STRING, as everywhere in Azure.</summary>
public sealed class TelemetryOptions
{
    public const string Section = "Telemetry";

    public TelemetryExporter Exporter { get; set; }

    /// <summary>How many of a hundred imports are traced; each of them whole.</summary>
    public int TracedPercent { get; set; } = 100;
}

/// <summary>Refuses to start with settings that cannot work; the error names each key.</summary>
internal sealed class ValidateTelemetry : IValidateOptions<TelemetryOptions>
{
    public ValidateOptionsResult Validate(string? name, TelemetryOptions options)
    {
        List<string> problems = [];
        if (!Enum.IsDefined(options.Exporter))
        {
            problems.Add($"{TelemetryOptions.Section}:{nameof(options.Exporter)} is {options.Exporter}; it must be none, console or otlp.");
        }

        if (options.TracedPercent is < 0 or > 100)
        {
            problems.Add($"{TelemetryOptions.Section}:{nameof(options.TracedPercent)} is {options.TracedPercent}; it must be between 0 and 100.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }
}
