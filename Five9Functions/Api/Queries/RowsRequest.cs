using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Five9Functions.Api.Queries;

/// <summary>How a caller wants rows: a page of JSON, or all of them as CSV.</summary>
/// <param name="Limit">The most items of a page.</param>
/// <param name="From">Where the page begins; null for the first page, and for CSV.</param>
internal sealed record RowsRequest(HttpRequest Request, bool AsCsv, int Limit, Position? From)
{
    /// <summary>What every request for rows can have.</summary>
    public static readonly string[] Parameters = [Continuation.Limit, Continuation.Parameter];

    private const int UsualLimit = 1_000;
    private const int MaxLimit = 10_000;

    private const string Json = "application/json";
    private const string Csv = "text/csv";

    /// <exception cref="ApiException">400: a parameter cannot be as it is; 406: neither JSON nor CSV is accepted.</exception>
    public static RowsRequest Of(HttpRequest request, RequestQuery query)
    {
        var asCsv = WantsCsv(request);
        if (asCsv && Parameters.FirstOrDefault(name => query.Text(name) is not null) is { } parameter)
        {
            throw ApiException.Invalid([new FieldError(parameter, $"{parameter} belongs to pages of JSON: {Csv} is all of the window at once.")]);
        }

        return new(
            request,
            asCsv,
            query.Number(Continuation.Limit, UsualLimit, least: 1, MaxLimit),
            Continuation.Of(request, query) is { } text ? Position.Parse(text) : null);
    }

    /// <summary>For what is JSON and nothing else.</summary>
    /// <exception cref="ApiException">406.</exception>
    public static void RequireJson(HttpRequest request)
    {
        if (Best(request, Json) is null)
        {
            throw NotAcceptable($"This answer can only be had as {Json}: say so in the header Accept, or leave it out.");
        }
    }

    /// <summary>Whether CSV is wanted rather than JSON.</summary>
    /// <exception cref="ApiException">406: neither is accepted.</exception>
    public static bool WantsCsv(HttpRequest request) => Best(request, Json, Csv) is { } best
        ? best == Csv
        : throw NotAcceptable($"This answer can be had as {Json} or {Csv}: name one of them in the header Accept, or leave it out.");

    /// <summary>The type that is accepted most; of two as welcome the first. Null when none is.</summary>
    private static string? Best(HttpRequest request, params string[] types)
    {
        var header = request.Headers.Accept;
        if (header.Count == 0)
        {
            return types[0];
        }

        if (!MediaTypeHeaderValue.TryParseList([.. header.OfType<string>()], out var accepted))
        {
            return null;
        }

        return types.Select(type => (Type: type, Quality: Quality(accepted, type))).Where(t => t.Quality > 0).OrderByDescending(t => t.Quality).Select(t => t.Type).FirstOrDefault();
    }

    // RFC 9110: the most specific range that matches a type decides how welcome it is.
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string type) => accepted
        .Where(range => MediaTypeHeaderValue.Parse(type).IsSubsetOf(WithoutParameters(range)))
        .OrderByDescending(range => range.MatchesAllTypes ? 0 : range.MatchesAllSubTypes ? 1 : 2)
        .Select(range => range.Quality ?? 1)
        .FirstOrDefault();

    private static MediaTypeHeaderValue WithoutParameters(MediaTypeHeaderValue range) => new(range.MediaType);

    private static ApiException NotAcceptable(string detail) => new(StatusCodes.Status406NotAcceptable, ApiProblem.NotAcceptable, detail);
}
