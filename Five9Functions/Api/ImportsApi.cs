using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>Has periods imported again, and tells of runs: docs/api.md.</summary>
public sealed class ImportsApi(IntegrationLookup known, ManualImports manual, ImportRunTable runs, ImportSliceTable slices, RunDiffTable changes, RunControl control, TimeProvider time)
{
    private const string Kind = "kind";
    private const int MaxItems = 1000;
    private const int UsualRuns = 20;
    private const int UsualSlices = 100;

    public async Task<IResult> RequestAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var integration = (await known.RequireAsync(id, cancellationToken)).Value;
        var key = IdempotencyKey.Of(request);
        var wanted = (await RequestBody.ReadAsync<ImportBody>(request, cancellationToken)).ToImport(integration, time.Now());
        var run = await manual.OpenAsync(integration, wanted, key, cancellationToken) ?? throw new ApiException(
            StatusCodes.Status422UnprocessableEntity, ApiProblem.IdempotencyKeyReused, $"This {IdempotencyKey.Header} was sent with another request before: send each request with a key of its own.");
        return Accepted(integration, run);
    }

    public async Task<IResult> ListAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, Kind, Continuation.Limit, Continuation.Parameter);
        var integration = (await known.RequireAsync(id, cancellationToken)).Value;
        var limit = query.Number(Continuation.Limit, UsualRuns, 1, MaxItems);
        RunKind? kind = query.Word(Kind, [.. Enum.GetValues<RunKind>().Select(k => k.Code())]) is { } word ? KebabCase.Parse<RunKind>(word) : null;
        var page = await runs.ListAsync(integration.Id, Continuation.Of(request, query), kind, cancellationToken).Take(limit + 1).ToListAsync(cancellationToken);
        return new JsonAnswer<Page<RunAnswer>>(new Page<RunAnswer>(
            [.. page.Take(limit).Select(run => RunAnswer.Of(run, integration.Reports))],
            page.Count > limit ? Continuation.After(request, page[limit - 1].Id) : null));
    }

    public async Task<IResult> GetAsync(HttpRequest request, string id, string runId, CancellationToken cancellationToken)
    {
        var query = new RequestQuery(request, Continuation.Limit, Continuation.Parameter);
        var (integration, stored) = await RequireAsync(id, runId, cancellationToken);
        var limit = query.Number(Continuation.Limit, UsualSlices, 1, MaxItems);
        var after = Continuation.Of(request, query) ?? "";
        var all = (await slices.OfRunAsync(integration.Id, stored.Value.Id, cancellationToken)).Select(s => s.Value).ToList();
        var left = all.OrderBy(ImportSliceTable.RowKey, StringComparer.Ordinal).Where(s => string.CompareOrdinal(ImportSliceTable.RowKey(s), after) > 0).ToList();
        return new JsonAnswer<RunAnswer>(RunAnswer.Of(stored.Value, integration.Reports, RunSummary.Of(stored.Value, all)) with
        {
            Changes = stored.Value is { FinishedAt: not null, CancelledAt: null } run && run.Changes != ChangeCounting.None
                ? ChangesAnswer.Of(run, await changes.ListAsync(integration.Id, run.Id, cancellationToken))
                : null,
            Items = [.. left.Take(limit).Select(SliceAnswer.Of)],
            Continuation = left.Count > limit ? Continuation.After(request, ImportSliceTable.RowKey(left[limit - 1])) : null,
        });
    }

    public async Task<IResult> CancelAsync(HttpRequest request, string id, string runId, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var (integration, stored) = await RequireAsync(id, runId, cancellationToken);
        return Accepted(integration, await control.CancelAsync(integration, stored, cancellationToken)
            ?? throw ApiException.Conflict(ApiProblem.RunFinished, "The run is finished, so there is nothing left to cancel."));
    }

    public async Task<IResult> RetryAsync(HttpRequest request, string id, string runId, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var (integration, stored) = await RequireAsync(id, runId, cancellationToken);
        return Accepted(integration, await control.RetryAsync(integration, stored, cancellationToken) ?? throw ApiException.Conflict(
            ApiProblem.NothingFailed,
            "There is nothing to do again: no slice of the run has failed, or somebody has just had them done again. A run that was cancelled is over: ask for its window anew."));
    }

    private async Task<(Integration Integration, Versioned<ImportRun> Run)> RequireAsync(string id, string runId, CancellationToken cancellationToken)
    {
        var integration = (await known.RequireAsync(id, cancellationToken)).Value;
        return RunId.IsId(runId) && await runs.FindAsync(integration.Id, runId, cancellationToken) is { } run
            ? (integration, run)
            : throw ApiException.NotFound(ApiProblem.RunUnknown, $"There is no run of this id: GET /integrations/{integration.Id}/imports lists them all.");
    }

    private static JsonAnswer<RunAnswer> Accepted(Integration integration, ImportRun run) =>
        new(RunAnswer.Of(run, integration.Reports), StatusCodes.Status202Accepted) { Location = $"integrations/{integration.Id}/imports/{run.Id}" };
}
