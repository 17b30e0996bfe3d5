using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.LocalHost.Vault;

/// <summary>
/// The identity of an app of another process: the endpoint for managed identities that App Service names in IDENTITY_ENDPOINT.
/// A client of Azure.Identity asks it by itself, with IDENTITY_HEADER as proof.
/// </summary>
internal static class VaultIdentity
{
    public const string Path = "/identity/token";
    public const string Header = "X-IDENTITY-HEADER";

    private const string Host = "127.0.0.1"; // in the certificate; no vault has this name

    public static Uri At(int port) => new($"https://{Host}:{port}{Path}");

    public static bool IsMeant(HttpRequest request) => request.Host.Host == Host && request.Path == Path;

    public static async Task AnswerAsync(HttpContext context, VaultToken token, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!token.Is(context.Request.Headers[Header]))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        var access = token.GetToken(default, cancellationToken);
        await context.Response.WriteAsJsonAsync(
            new
            {
                access_token = access.Token,
                expires_on = access.ExpiresOn.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
                resource = context.Request.Query["resource"].ToString(),
                token_type = "Bearer",
            },
            cancellationToken);
    }
}
