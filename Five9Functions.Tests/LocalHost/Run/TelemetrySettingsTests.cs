using Five9Functions.LocalHost.Run;

namespace Five9Functions.Tests.LocalHost.Run;

public sealed class TelemetrySettingsTests
{
    [Test]
    public void TheEnvironmentSaysWhereTelemetryGoes_AndNothingElse()
    {
        var settings = TelemetrySettings.Over(
            new Dictionary<string, string?> { ["Telemetry:Exporter"] = "none", ["ImportSchedule"] = "0 */15 * * * *" },
            new Dictionary<string, string> { ["Telemetry__Exporter"] = "otlp", ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318", ["ImportSchedule"] = "0 0 0 * * *", ["HOME"] = "/home" });

        Assert.That(settings, Is.EquivalentTo(new Dictionary<string, string?>
        {
            ["Telemetry:Exporter"] = "otlp",
            ["ImportSchedule"] = "0 */15 * * * *",
            ["OTEL_EXPORTER_OTLP_ENDPOINT"] = "http://127.0.0.1:4318",
        }));
    }
}
