using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>An answer that fits into memory, as JSON.</summary>
internal sealed class JsonAnswer<T>(T value, int status = StatusCodes.Status200OK) : IResult
{
    /// <summary>Where what was made is, relative to the API's root: <c>integrations/acme</c>.</summary>
    public string? Location { get; init; }

    /// <summary>From <see cref="EntityTag"/>.</summary>
    public string? ETag { get; init; }

    /// <summary>Answered in whole seconds, at least one.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public string ContentType { get; init; } = "application/json; charset=utf-8";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store"; // figures and settings change, and a key was needed to see them
        if (Location is { } location)
        {
            response.Headers.Location = $"{ApiRoot.Of(httpContext.Request)}/{location}";
        }

        if (ETag is { } tag)
        {
            response.Headers.ETag = tag;
        }

        if (RetryAfter is { } wait)
        {
            response.Headers.RetryAfter = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        await JsonSerializer.SerializeAsync(response.Body, value, ApiJson.Options, httpContext.RequestAborted);
    }
}

/// <summary>The path that all routes begin with: what the host's route prefix is, is not ours to know.</summary>
internal static class ApiRoot
{
    private const string Prefix = "/api";

    public static string Of(HttpRequest request) => request.PathBase + (request.Path.StartsWithSegments(Prefix, StringComparison.OrdinalIgnoreCase) ? Prefix : "");
}
