using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>The header by which a caller says that two requests are one.</summary>
internal static class IdempotencyKey
{
    public const string Header = "Idempotency-Key";

    private const int MaxLength = 200;

    /// <returns>Null when there is none.</returns>
    /// <exception cref="ApiException">400: it cannot be a key.</exception>
    public static string? Of(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values))
        {
            return null;
        }

        return values is [{ Length: > 0 and <= MaxLength } key] && key.All(c => c is > ' ' and <= '~')
            ? key
            : throw ApiException.Invalid([new FieldError(Header, $"{Header} must be one value of 1 to {MaxLength} visible ASCII characters, such as a UUID.")]);
    }
}
