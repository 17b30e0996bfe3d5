using Five9Functions.Integrations;
using Five9Functions.Queries;
using Five9Functions.Storage;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using Microsoft.AspNetCore.Http;
using NodaTime;

namespace Five9Functions.Api.Adherence;

/// <summary>What states stand for: docs/api.md.</summary>
public sealed class ActivitiesApi(IntegrationLookup integrations, ActivitiesTable activities, AdherenceResults results, TimeProvider time)
{
    private const string Days = "days";

    private const int UsualDays = 7;
    private const int MaxDays = 31;
    private const int MaxUnmapped = 1_000;

    public async Task<IResult> GetAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        var days = new RequestQuery(request, Days).Number(Days, UsualDays, least: 0, MaxDays);
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        var stored = await activities.ReadAsync(id, cancellationToken);
        return Answer(stored, days == 0 ? null : await UnmappedAsync(integration, stored.Value, days, cancellationToken));
    }

    public async Task<IResult> ReplaceAsync(string id, HttpRequest request, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        await integrations.RequireAsync(id, cancellationToken);
        var stored = await activities.ReadAsync(id, cancellationToken);
        EntityTag.RequireMatch(request, stored.ETag, What(id));
        var next = new VersionedRules(stored.Value.Version + 1, (await RequestBody.ReadAsync<ActivitiesBody>(request, cancellationToken)).ToRules());
        if (IsSame(id, stored.Value, next))
        {
            return Answer(stored, null);
        }

        return await activities.TryWriteAsync(id, stored.ETag, next, cancellationToken) ? Answer(await activities.ReadAsync(id, cancellationToken), null) : throw EntityTag.Changed(What(id));
    }

    // What nobody has written yet is written, also when it says nothing.
    private static bool IsSame(string id, VersionedRules stored, VersionedRules next) =>
        stored.Version > 0 && RowColumns.Digest(ActivitiesTable.Write(id, stored)).AsSpan().SequenceEqual(RowColumns.Digest(ActivitiesTable.Write(id, next with { Version = stored.Version })));

    private async Task<UnmappedView> UnmappedAsync(Integration integration, VersionedRules rules, int days, CancellationToken cancellationToken)
    {
        var now = time.Now().WholeSecond();
        var window = new Interval(now - Duration.FromDays(days), now);
        var states = await results.UnmappedAsync(integration, window, rules.Rules, cancellationToken);
        return new(window.Start, window.End, [.. states.Take(MaxUnmapped).Select(UnmappedState.Of)]);
    }

    private static JsonAnswer<ActivitiesView> Answer(Versioned<VersionedRules> stored, UnmappedView? unmapped) => new(ActivitiesView.Of(stored.Value, unmapped)) { ETag = EntityTag.Of(stored.ETag) };

    private static string What(string id) => $"the activities of {id}";
}
