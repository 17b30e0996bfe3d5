using Five9Functions.Integrations;
using Five9Functions.RealTime;
using Five9Functions.Storage;
using Five9Functions.Time;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Five9Functions.Connections;

/// <summary>Writes the integrations of the configuration into the table before the first tick.</summary>
internal sealed partial class SeedIntegrations(
    IntegrationTable table, ImportHistoryCheck imported, Five9Hosts hosts, Lazy<EndLiveSession> liveSession, IOptions<IntegrationOptions> options, TimeProvider time, ILogger<SeedIntegrations> logger) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var (id, settings) in options.Value.Integrations)
        {
            try
            {
                var (wanted, stored) = (settings.ToIntegration(id, time.Now()), await table.FindAsync(id, cancellationToken));
                var integration = await InItsZoneAsync(wanted, stored, cancellationToken);
                await table.SeedAsync(integration, cancellationToken);
                await (stored is null ? Task.CompletedTask : liveSession.Value.IfOverAsync(stored, wanted, cancellationToken));
                if (hosts.RefusalOf(integration) is { } refused)
                {
                    Log.Unreadable(logger, id, refused.ToString());
                }
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

    // Its days are stored by local dates of the zone that they were read in; by another they would be other days.
    private async Task<Integration> InItsZoneAsync(Integration wanted, Integration? stored, CancellationToken cancellationToken)
    {
        if (stored is null || !await imported.KeepsZoneAsync(stored, wanted.Zone, cancellationToken))
        {
            return wanted;
        }

        Log.ZoneStays(logger, wanted.Id, stored.Zone, wanted.Zone);
        return wanted with { Zone = stored.Zone };
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Error, "The integration {Integration} goes on in the zone {Stored}, because its days are stored by local dates of it; Integrations:{Integration}:Zone says {Wanted}. If that is right, delete the integration with its data (DELETE /api/integrations/{Integration}?data=delete) and start the app again; else correct the setting.")]
        public static partial void ZoneStays(ILogger logger, string integration, string stored, string wanted);

        [LoggerMessage(1, LogLevel.Error, "The integration {Integration} is not imported. {Reason}")]
        public static partial void Unreadable(ILogger logger, string integration, string reason);
    }
}
