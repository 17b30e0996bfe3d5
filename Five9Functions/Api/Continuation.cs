using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>
/// Where the next page of a long answer begins. It belongs to the request that it was answered to: with another path or other
/// parameters it is refused, so that no page is skipped in silence. It holds a position, never a right.
/// </summary>
internal static class Continuation
{
    public const string Parameter = "continuation";

    public const string Limit = "limit";

    private const int DigestBytes = 8;

    /// <param name="position">Where the page begins that the token asks for.</param>
    public static string After(HttpRequest request, string position) => Base64Url.EncodeToString([.. DigestOf(request), .. Encoding.UTF8.GetBytes(position)]);

    /// <summary>The position that the request goes on from; null for the first page.</summary>
    /// <exception cref="ApiException">400: the token is of another request, or none of ours.</exception>
    public static string? Of(HttpRequest request, RequestQuery query)
    {
        if (query.Text(Parameter) is not { } token)
        {
            return null;
        }

        if (Base64Url.IsValid(token))
        {
            var bytes = Base64Url.DecodeFromChars(token);
            if (bytes.AsSpan().StartsWith(DigestOf(request)))
            {
                return Encoding.UTF8.GetString(bytes.AsSpan(DigestBytes));
            }
        }

        throw NotOurs();
    }

    public static ApiException NotOurs() =>
        ApiException.BadRequest(ApiProblem.ContinuationOfAnother, $"{Parameter} is not from an answer to this request: repeat the request with the same parameters, or leave {Parameter} out to begin anew.");

    private static byte[] DigestOf(HttpRequest request)
    {
        var parameters = request.Query
            .Where(p => p.Key is not (Parameter or Limit or "code"))
            .OrderBy(p => p.Key, StringComparer.Ordinal)
            .Select(p => $"\n{p.Key}={p.Value}");
        return SHA256.HashData(Encoding.UTF8.GetBytes(request.Path.Value?.ToUpperInvariant() + string.Concat(parameters)))[..DigestBytes];
    }
}
