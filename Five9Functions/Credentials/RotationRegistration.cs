using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>What tries changed passwords, and changes them.</summary>
internal static class RotationRegistration
{
    public static IServiceCollection AddRotation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RotationOptions>().Bind(configuration.GetSection(RotationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RotationOptions>, ValidateRotation>();
        services.AddSingleton<CredentialEventQueue>();
        services.AddSingleton<SliceWaker>();
        services.AddSingleton<PendingCredentials>();
        services.AddSingleton<CredentialCheck>();
        services.AddSingleton<SecretCleanup>();
        services.AddSingleton<PendingPassword>();
        services.AddSingleton<ManagedRotation>();
        services.AddSingleton<CredentialStatuses>();
        services.AddSingleton<ReplaceCredential>();
        services.AddSingleton<RotateCredential>();
        return services;
    }
}
