using Five9Functions.Integrations;
using Five9Functions.RealTime;
using Five9Functions.Retention;
using Five9Functions.Time;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>Removes an integration, with its data or without.</summary>
public sealed class RemovalApi(IntegrationLookup integrations, RemovedIntegrations removed, DeletionScheduler deletions, EndLiveSession liveSession, TimeProvider time)
{
    private const string Data = "data";

    /// <summary>204: it is gone and its data stays. 202: it is gone, and its data is being deleted.</summary>
    public async Task<IResult> DeleteAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var data = new RequestQuery(request, Data).Text(Data) switch
        {
            "keep" => RemovedData.Keep,
            "delete" => RemovedData.Delete,
            _ => throw ApiException.Invalid([new FieldError(Data, "Say what is to become of what was imported: data=keep leaves it for an integration of the same id, data=delete deletes all of it.")]),
        };
        var integration = await integrations.RequireAsync(id, cancellationToken);
        EntityTag.RequireMatch(request, integration.ETag, What(id));

        // While its row and its password are there; should the removal not succeed, the next poll opens another session.
        await liveSession.IfOverAsync(integration.Value, null, cancellationToken);
        if (!await removed.TryRemoveAsync(integration, RemovedIntegration.Of(integration.Value, data, time.Now()), cancellationToken))
        {
            throw EntityTag.Changed(What(id));
        }

        if (data == RemovedData.Keep)
        {
            return Results.NoContent();
        }

        await deletions.SendAsync(id, cancellationToken);
        return Results.StatusCode(StatusCodes.Status202Accepted);
    }

    private static string What(string id) => $"the integration {id}";
}
