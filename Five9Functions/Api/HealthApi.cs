using Azure.Data.Tables;
using Five9Functions.Health;
using Five9Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>Whether the app runs, and whether it can work.</summary>
public sealed class HealthApi(TableServiceClient tables, HealthReader integrations)
{
    /// <summary>That it answers at all says that it is live; ready is it when storage answers too. Nothing else is told without a key.</summary>
    public async Task<IResult> LiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var ready = await IsReadyAsync(cancellationToken);
        return new JsonAnswer<Liveness>(new Liveness(Live: true, ready), ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    /// <summary>Each integration, and the worst of them. It is 200 whatever that is: the question was answered.</summary>
    public async Task<IResult> IntegrationsAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var all = await integrations.AllAsync(cancellationToken);
        return new JsonAnswer<Overall>(new Overall(all.Count > 0 ? all.Max(one => one.Status) : HealthStatus.Ok, all));
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var _ in tables.GetTableClient(StorageLayout.IntegrationsTable).QueryAsync<TableEntity>("PartitionKey eq ''", maxPerPage: 1, cancellationToken: cancellationToken))
            {
                break;
            }

            return true;
        }
        catch (Exception e) when (e is Azure.RequestFailedException or AggregateException or HttpRequestException or TimeoutException)
        {
            return false;
        }
    }

    private sealed record Liveness(bool Live, bool Ready);

    private sealed record Overall(HealthStatus Status, IReadOnlyList<IntegrationHealth> Items);
}
