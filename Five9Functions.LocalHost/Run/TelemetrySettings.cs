using System.Collections;

namespace Five9Functions.LocalHost.Run;

/// <summary>Where telemetry goes can be said in the environment, also for the demo, which has no file: Telemetry__Exporter, and what the OpenTelemetry exporters are told by (OTEL_...).</summary>
internal static class TelemetrySettings
{
    public static Dictionary<string, string?> Over(IReadOnlyDictionary<string, string?> settings, IDictionary environment)
    {
        var all = new Dictionary<string, string?>(settings, StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry variable in environment)
        {
            if (variable.Key is string name && (name.StartsWith("OTEL_", StringComparison.Ordinal) || name.StartsWith("Telemetry__", StringComparison.OrdinalIgnoreCase)))
            {
                all[name.Replace("__", ":", StringComparison.Ordinal)] = variable.Value as string;
            }
        }

        return all;
    }
}
