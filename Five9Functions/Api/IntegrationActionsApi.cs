using Five9Functions.Connections;
using Five9Functions.Imports;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>Tests, pauses and resumes integrations: docs/api.md.</summary>
public sealed class IntegrationActionsApi(IntegrationLookup known, IntegrationUpdates changes, ConnectionCheck tests, ScheduleImports schedule)
{
    public async Task<IResult> TestAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var found = await known.RequireAsync(id, cancellationToken);
        return new JsonAnswer<Tested>(new Tested(await tests.RunAsync(found.Value, cancellationToken)));
    }

    public async Task<IResult> PauseAsync(HttpRequest request, string id, bool paused, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        await known.RequireAsync(id, cancellationToken);
        known.RequireNotConfigured(id);
        if (await changes.PauseAsync(id, paused, cancellationToken) is not { } stored)
        {
            throw IntegrationLookup.Unknown();
        }

        // What is missing follows from the ledger, however long the pause was.
        await schedule.RunAsync(stored.Value, cancellationToken);
        return new JsonAnswer<PausedState>(new PausedState(id, stored.Value.Paused)) { ETag = EntityTag.Of(stored.ETag) };
    }

    private sealed record Tested(IReadOnlyList<TestedStage> Test);

    private sealed record PausedState(string Id, bool Paused);
}
