using Azure.Core;
using Azure.Security.KeyVault.Secrets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>The client of the key vault, with the app's identity. A registered options object lets a host change its pipeline.</summary>
internal static class KeyVaultClient
{
    public static IServiceCollection AddKeyVault(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<KeyVaultOptions>().Bind(configuration.GetSection(KeyVaultOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<KeyVaultOptions>, ValidateKeyVault>();
        services.AddSingleton(provider =>
        {
            var options = provider.GetService<SecretClientOptions>() ?? new SecretClientOptions();
            options.Retry.MaxRetries = 0; // the cache knows when to ask again, and has a value until then
            return new SecretClient(new Uri(provider.GetRequiredService<IOptions<KeyVaultOptions>>().Value.Uri), provider.GetRequiredService<TokenCredential>(), options);
        });
        return services;
    }
}
