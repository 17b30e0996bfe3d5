using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Five9Functions.RealTime;

/// <summary>What asks Five9 who is in which state now, and tells it.</summary>
internal static class RealTimeRegistration
{
    public static IServiceCollection AddRealTime(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<LiveOptions>().Bind(configuration.GetSection(LiveOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<LiveOptions>>(new ValidateLive(configuration));
        services.AddSingleton<LiveStateTable>();
        services.AddSingleton<LiveSnapshots>();
        services.AddSingleton<PollAgentStates>();
        services.AddSingleton<LivePoller>();
        services.AddSingleton<UpdateLiveStates>();
        services.AddSingleton<EndLiveSession>();

        // It needs the vault, and most starts end no session.
        services.AddSingleton(provider => new Lazy<EndLiveSession>(provider.GetRequiredService<EndLiveSession>));
        return services;
    }
}
