using Five9Functions.Calls;
using Five9Functions.Five9;
using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Problems;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// Asks Five9 once a day which campaigns or skills there are, so that every queue is in the catalogue before its first call. It goes along
/// with a slice of the call log, under the lease of the user and the credential guard of that call; no slice fails because of it.
/// </summary>
public sealed partial class QueueListing(Five9AdminClient five9, IntegrationTable integrations, QueuesTable queues, TimeProvider time, ILogger<QueueListing> logger)
{
    // Operation type of getCampaigns and getSkills (Five9's guide, Feb 2026).
    private const string Queries = "Query";

    private static readonly Duration Every = Duration.FromDays(1);

    /// <param name="lease">Held by the caller.</param>
    /// <param name="login">One that the credential guard lets through.</param>
    /// <exception cref="Five9CredentialRejectedException">As of any call: the guard has to know.</exception>
    public async Task RefreshAsync(Integration integration, UserLease lease, Five9Login login, CancellationToken cancellationToken)
    {
        // A password that nobody has seen Five9 take is not tried for this.
        if (lease.User.MarkOf(integration.SecretName) is not { State: VersionState.InForce } || lease.User.BlockedUntil(Queries, time.Now()) is not null)
        {
            return;
        }

        try
        {
            if (await queues.ListedAtAsync(integration.Id, integration.Grouping, cancellationToken) is { } before && time.Now() < before + Every)
            {
                return;
            }

            var at = time.Now();
            var names = integration.Grouping == QueueGrouping.Skill ? await five9.GetSkillsAsync(login, cancellationToken) : await five9.GetCampaignsAsync(login, cancellationToken);
            var written = await queues.ChangeAsync(
                integration.Id, integration.Grouping, known => known.List(names, at), token => CallSettings.RequireCurrentAsync(integrations, integration, token), cancellationToken);
            Log.Listed(logger, integration.Id, names.Count, integration.Grouping.Code(), written.Added, written.Changed);
        }
        catch (Exception e) when (e is Five9Exception and not Five9CredentialRejectedException or ProjectionConflictException or StaleSettingsException)
        {
            Log.NotListed(logger, integration.Id, e.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Five9 lists {Count} queues of {Integration} by {Grouping}: {Added} are new, {Changed} changed.")]
        public static partial void Listed(ILogger logger, string integration, int count, string grouping, int added, int changed);

        [LoggerMessage(2, LogLevel.Warning, "Five9 could not be asked for the queues of {Integration}, so the catalogue has those of the calls alone; the next slice of the call log asks again. {Reason}")]
        public static partial void NotListed(ILogger logger, string integration, string reason);
    }
}
