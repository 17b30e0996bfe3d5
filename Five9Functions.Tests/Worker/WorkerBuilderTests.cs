using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Five9Functions.Tests.Worker;

/// <summary>The builder that Program.cs runs.</summary>
public sealed class WorkerBuilderTests
{
    [TestCase("none")]
    [TestCase("otlp")]
    public void EveryFunctionClass_CanBeConstructed(string exporter)
    {
        using var host = WorkerHost.CreateBuilder(Arguments($"--Telemetry:Exporter={exporter}")).Build();
        using var scope = host.Services.CreateScope();

        var classes = typeof(Registration).Assembly.GetTypes()
            .Where(t => t.GetMethods().Any(m => m.GetCustomAttribute<FunctionAttribute>() is not null)).ToList();
        Assert.That(classes, Is.Not.Empty);
        foreach (var type in classes)
        {
            Assert.That(() => ActivatorUtilities.CreateInstance(scope.ServiceProvider, type), Throws.Nothing);
        }
    }

    [TestCase("--Telemetry:Exporter=none", false)]
    [TestCase("--Telemetry:Exporter=console", true)]
    [TestCase("--Telemetry:Exporter=otlp", true)]
    [TestCase("--APPLICATIONINSIGHTS_CONNECTION_STRING=", false)]
    [TestCase("--APPLICATIONINSIGHTS_CONNECTION_STRING=InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://127.0.0.1:9/", true)]
    public void TheHost_LeavesTelemetryToTheApp_OnlyIfTheAppSendsIt(string setting, bool left)
    {
        using var host = WorkerHost.CreateBuilder(Arguments(setting)).Build();

        Assert.That(host.Services.GetRequiredService<IOptions<WorkerOptions>>().Value.Capabilities.ContainsKey("WorkerOpenTelemetryEnabled"), Is.EqualTo(left));
    }

    private static string[] Arguments(string setting) =>
        [.. WorkerSettings.Of("UseDevelopmentStorage=true").Select(s => $"--{s.Key}={s.Value}"), "--functions-uri=http://127.0.0.1:9/", setting];
}
