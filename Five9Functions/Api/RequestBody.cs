using System.Text.Json;
using Five9Functions.Problems;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>The JSON that a caller sends: of a known form, and bounded.</summary>
internal static class RequestBody
{
    public const int MaxBytes = 64 * 1024;

    private const string Json = "application/json";

    /// <exception cref="ApiException">400, 408, 413 or 415: it cannot be read; the message says where.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellationToken)
        where T : class
    {
        if (!request.HasJsonContentType())
        {
            throw new ApiException(StatusCodes.Status415UnsupportedMediaType, ApiProblem.NotJson, $"Send the body as {Json}, with the header Content-Type.");
        }

        return Read<T>(await BytesAsync(request, MaxBytes, cancellationToken));
    }

    /// <exception cref="ApiException">400: it cannot be read; the message says where.</exception>
    public static T Read<T>(ReadOnlySpan<byte> json)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, ApiJson.Options) ?? throw ApiException.BadRequest(ApiProblem.BodyUnreadable, "The body is null; send an object.");
        }
        catch (JsonException e)
        {
            throw ApiException.BadRequest(ApiProblem.BodyUnreadable, Detail(e));
        }
    }

    /// <exception cref="ApiException">413: it is longer; 408: it came too slowly; 400: it broke off.</exception>
    public static async Task<byte[]> BytesAsync(HttpRequest request, int most, CancellationToken cancellationToken)
    {
        using var held = new MemoryStream();
        var buffer = new byte[8192];
        int read;
        while ((read = await PartAsync(request, buffer, most, cancellationToken)) > 0)
        {
            held.Write(buffer, 0, read);
            if (held.Length > most)
            {
                throw TooLarge(most);
            }
        }

        return held.ToArray();
    }

    // The server has limits of its own, and says so where the body is read.
    private static async Task<int> PartAsync(HttpRequest request, Memory<byte> buffer, int most, CancellationToken cancellationToken)
    {
        try
        {
            return await request.Body.ReadAsync(buffer, cancellationToken);
        }
        catch (BadHttpRequestException e)
        {
            throw e.StatusCode switch
            {
                StatusCodes.Status413PayloadTooLarge => TooLarge(most),
                StatusCodes.Status408RequestTimeout => new ApiException(e.StatusCode, ApiProblem.BodyTooSlow, "The body came too slowly, so the request was given up; send it again over a faster line."),
                _ => ApiException.BadRequest(ApiProblem.BodyUnreadable, "The body broke off, or is not as its headers say; send it again."),
            };
        }
    }

    private static ApiException TooLarge(int most) => new(StatusCodes.Status413PayloadTooLarge, ApiProblem.BodyTooLarge, $"The body is longer than {most / 1024} KiB.");

    // Never the parser's own words: they can repeat what was sent, and that can be a password.
    private static string Detail(JsonException e)
    {
        var at = e.Path is { Length: > 1 } path ? $"at {PlainText.Escape(path[1..].TrimStart('.'))}" : "as a whole";
        return e.InnerException is InvalidOperationException or FormatException || e.Path is { Length: > 1 }
            ? $"The body cannot be understood {at}: it is not known or its value is of the wrong kind; docs/openapi.yaml lists what can be sent."
            : $"The body is no JSON (line {e.LineNumber + 1}), or lacks something that is required; docs/openapi.yaml lists what can be sent.";
    }
}
