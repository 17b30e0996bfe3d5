using Five9Functions.Imports;
using Five9Functions.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Five9Functions.Integrations;

/// <summary>Writes the integrations of the configuration into the table before the first tick.</summary>
internal sealed partial class SeedIntegrations(IntegrationTable table, IOptions<IntegrationOptions> options, TimeProvider time, ILogger<SeedIntegrations> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, settings) in options.Value.Integrations)
        {
            try
            {
                await table.SeedAsync(settings.ToIntegration(id, time.Now()), cancellationToken);
            }
            catch (UnreadableRowException e)
            {
                // Its key and its start of history are in there, so it is not written over. The others import.
                Log.Unreadable(logger, id, e.Message);
            }
            catch (RemovedIntegrationException e)
            {
                Log.Unreadable(logger, id, e.Message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "The integration {Integration} is not imported. {Reason}")]
        public static partial void Unreadable(ILogger logger, string integration, string reason);
    }
}
