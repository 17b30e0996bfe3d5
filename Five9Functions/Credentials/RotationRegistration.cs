using Five9Functions.Five9.Soap;
using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Users;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Five9Functions.Credentials;

/// <summary>What takes up changed passwords and changes them.</summary>
internal static class RotationRegistration
{
    // One by one: constructors that take what is not public are not found by themselves.
    public static IServiceCollection AddRotation(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<RotationOptions>().Bind(configuration.GetSection(RotationOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<RotationOptions>, ValidateRotation>();
        services.AddSingleton<CredentialEventQueue>();
        services.AddSingleton<VaultChanges>();
        services.AddSingleton<SliceWaker>();
        services.AddSingleton(p => new PendingCredentials(Of<Five9Secrets>(p), Of<VaultChanges>(p), Of<IOptions<RotationOptions>>(p), Of<ILogger<PendingCredentials>>(p)));
        services.AddSingleton(p => new CredentialCheck(Of<Five9UserTable>(p), Of<Five9Secrets>(p), Of<CredentialGuard>(p), Of<SliceWaker>(p), Of<ILogger<CredentialCheck>>(p)));
        services.AddSingleton<SecretCleanup>();
        services.AddSingleton<PendingPassword>();
        services.AddSingleton(p => new ManagedRotation(
            Of<Five9UserTable>(p),
            Of<IntegrationTable>(p),
            Of<Five9Secrets>(p),
            Of<PendingPassword>(p),
            Of<PendingCredentials>(p),
            Of<CredentialGuard>(p),
            Of<Five9AdminClient>(p),
            Of<TimeProvider>(p),
            Of<ILogger<ManagedRotation>>(p)));
        services.AddSingleton(p => new CredentialStatuses(Of<Five9UserTable>(p), Of<Five9Secrets>(p), Of<IOptions<RotationOptions>>(p), Of<TimeProvider>(p)));
        services.AddSingleton(p => new ReplaceCredential(
            Of<Five9UserTable>(p),
            Of<Five9Secrets>(p),
            Of<Logins>(p),
            Of<VaultChanges>(p),
            Of<CredentialGuard>(p),
            Of<SliceWaker>(p),
            Of<SecretTurns>(p),
            Of<TimeProvider>(p),
            Of<ILogger<ReplaceCredential>>(p)));
        services.AddSingleton(p => new RotateCredential(
            Of<IntegrationTable>(p),
            Of<Five9Secrets>(p),
            Of<CredentialCheck>(p),
            Of<ManagedRotation>(p),
            Of<SecretCleanup>(p),
            Of<CredentialEventQueue>(p),
            Of<ImportMetrics>(p),
            Of<IOptions<RotationOptions>>(p),
            Of<IOptions<ImportOptions>>(p),
            Of<TimeProvider>(p),
            Of<ILogger<RotateCredential>>(p)));
        return services;

        static T Of<T>(IServiceProvider provider)
            where T : notnull => provider.GetRequiredService<T>();
    }
}
