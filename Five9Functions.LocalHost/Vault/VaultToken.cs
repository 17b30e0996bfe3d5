using System.Security.Cryptography;
using System.Text;
using Azure.Core;

namespace Five9Functions.LocalHost.Vault;

/// <summary>One bearer token, made at the start: whoever else finds the port cannot read the vault.</summary>
internal sealed class VaultToken : TokenCredential
{
    private static readonly TimeSpan Lasts = TimeSpan.FromHours(1);

    private readonly string _token = RandomNumberGenerator.GetHexString(64, lowercase: true);

    public bool IsIn(string? authorization) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(authorization ?? ""), Encoding.UTF8.GetBytes($"Bearer {_token}"));

    /// <summary>For another process: it shows the token as the header of a managed identity, and is given it as that identity's token.</summary>
    public string Value => _token;

    public bool Is(string? header) => IsIn($"Bearer {header}");

    public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(_token, TimeProvider.System.GetUtcNow() + Lasts); // the client judges it by the system's clock

    public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) =>
        new(GetToken(requestContext, cancellationToken));
}
