using Five9Functions.Imports;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Five9Functions.Integrations;

/// <summary>Writes the integrations of the configuration into the table before the first tick.</summary>
internal sealed class SeedIntegrations(IntegrationTable table, IOptions<IntegrationOptions> options, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, settings) in options.Value.Integrations)
        {
            await table.SeedAsync(settings.ToIntegration(id, time.Now()), cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
