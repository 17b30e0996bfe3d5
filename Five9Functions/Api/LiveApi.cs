using Azure;
using Five9Functions.Api.Queries;
using Five9Functions.RealTime;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>Who is in which state right now: docs/live.md.</summary>
public sealed class LiveApi(IntegrationLookup integrations, LiveSnapshots pictures)
{
    public async Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var asCsv = RowsRequest.WantsCsv(request);
        var integration = (await integrations.RequireAsync(id, cancellationToken)).Value;
        if (!integration.RealTime)
        {
            throw ApiException.Conflict(ApiProblem.RealTimeOff, "Five9 is not asked for the states of this integration's agents: set realTime to true (PUT /integrations/{id}), and give its Five9 user the role Supervisor.");
        }

        // One row tells whether the caller has the picture as it is.
        if (request.Headers.IfNoneMatch.Count > 0 && Tag(await pictures.VersionAsync(integration, cancellationToken), asCsv) is var tag && EntityTag.IsKnown(request, tag))
        {
            return new NotChanged(tag);
        }

        var (picture, version) = await pictures.ReadWithVersionAsync(integration, cancellationToken);
        return new LiveAnswer(picture, asCsv, Tag(version, asCsv));
    }

    private static string Tag(string version, bool asCsv) => EntityTag.Of(new ETag($"{version} {(asCsv ? "csv" : "json")}"));

    /// <summary>304: what the caller has is what there is.</summary>
    private sealed class NotChanged(string tag) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            httpContext.Response.Headers.ETag = tag;
            httpContext.Response.Headers.Vary = "Accept";
            return Task.CompletedTask;
        }
    }
}
