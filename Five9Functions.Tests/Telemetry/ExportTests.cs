using Azure.Core;
using Azure.Monitor.OpenTelemetry.Exporter;
using Five9Functions.Runs;
using Five9Functions.Tests.EndToEnd;
using Five9Functions.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Five9Functions.Tests.Telemetry;

/// <summary>Alone: while one app exports its spans, every app of the process makes some.</summary>
[NonParallelizable]
[CancelAfter(60_000)]
public sealed class ExportTests : EndToEndTest
{
    [Test]
    public async Task WhatTheAppTells_ComesToAnOtlpCollector()
    {
        await using var collector = await OtlpCollector.StartAsync(Token);
        var app = await StartAsync(new TestSetup
        {
            Now = "2026-11-04T12:00:00Z",
            Rows = new StateRows(new StateRow("anna", "Ready", "2026-11-02T21:00:00Z", "2026-11-02T21:10:00Z")),
            Settings = new Dictionary<string, string?>
            {
                ["Integrations:acme:Paused"] = "true",
                ["Telemetry:Exporter"] = "otlp",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
            },
        });

        var run = await app.OpenAsync("2026-11-02T08:00:00Z", "2026-11-03T08:00:00Z", Token);
        var fold = await app.FinishedAsync(run, Token);
        await app.RestartAsync(new Dictionary<string, string?> { ["Telemetry:Exporter"] = "none" }, Token); // what is not sent yet is sent when it ends

        Assert.That(fold.Status, Is.EqualTo(RunStatus.Succeeded));
        Assert.That(collector.Of("/v1/traces"), Does.Contain("StartImport").And.Contain("FetchAgentStates").And.Contain("NormalizeDay").And.Contain("five9 runReport"));
        Assert.That(collector.Of("/v1/metrics"), Does.Contain("import.runs").And.Contain("five9.calls").And.Contain("table.transactions"));
        Assert.That(collector.All, Is.All.Contains("service.name").And.All.Contains("Five9Functions").And.None.Contains("unknown_service"));
        Assert.That(collector.Of("/v1/logs"), Does.Contain(run.Id).And.Contain("is planned: 1 slices."));
    }

    [Test]
    public async Task ApplicationInsights_IsConnectedByItsSetting_AndRecordsEachImportWhole()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["AzureWebJobsStorage"] = "UseDevelopmentStorage=true",
            ["KeyVault:Uri"] = "https://vault.example/",
            ["Telemetry:TracedPercent"] = "25",
            ["APPLICATIONINSIGHTS_CONNECTION_STRING"] = "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://127.0.0.1:9/",
        }).Build();
        await using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddLogging().AddFive9Functions(configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptions<AzureMonitorExporterOptions>>().Value;

        Assert.That((options.ConnectionString, options.SamplingRatio, options.TracesPerSecond), Is.EqualTo((configuration["APPLICATIONINSIGHTS_CONNECTION_STRING"], 0.25f, (double?)null)));
        Assert.That(options.Credential, Is.SameAs(services.GetRequiredService<TokenCredential>()));
    }
}
