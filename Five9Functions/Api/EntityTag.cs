using System.Security.Cryptography;
using System.Text;
using Azure;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Five9Functions.Api;

/// <summary>Names a version of what can be edited, so that nobody overwrites what he has not seen (RFC 9110).</summary>
internal static class EntityTag
{
    /// <summary>A strong tag: that of storage is a weak one, which If-Match never matches.</summary>
    public static string Of(ETag stored) => $"\"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(stored.ToString())))[..32]}\"";

    /// <summary>Whether the caller has this very version already (If-None-Match).</summary>
    public static bool IsKnown(HttpRequest request, string tag) =>
        EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfNoneMatch.OfType<string>()], out var tags)
        && tags.Any(known => known.Equals(EntityTagHeaderValue.Any) || known.Compare(EntityTagHeaderValue.Parse(tag), useStrongComparison: false));

    /// <summary>Whoever edits has to name the version that he saw.</summary>
    /// <exception cref="ApiException">428: it is not named; 412: it is another one by now.</exception>
    public static void RequireMatch(HttpRequest request, ETag stored, string what)
    {
        if (request.Headers.IfMatch.Count == 0)
        {
            throw new ApiException(
                StatusCodes.Status428PreconditionRequired, ApiProblem.IfMatchMissing, $"Send the ETag of {what} that you read in the header If-Match, so that nobody's change is lost; * for whatever it is.");
        }

        if (!EntityTagHeaderValue.TryParseStrictList([.. request.Headers.IfMatch.OfType<string>()], out var tags))
        {
            throw ApiException.BadRequest(ApiProblem.IfMatchUnreadable, "If-Match must be an ETag in quotes as it was answered, or *.");
        }

        if (!tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(EntityTagHeaderValue.Parse(Of(stored)), useStrongComparison: true)))
        {
            throw Changed(what);
        }
    }

    /// <summary>412: somebody was faster.</summary>
    public static ApiException Changed(string what) =>
        new(StatusCodes.Status412PreconditionFailed, ApiProblem.Changed, $"Somebody has changed {what} since you read it: read it again, and repeat your change if it is still wanted.");
}
