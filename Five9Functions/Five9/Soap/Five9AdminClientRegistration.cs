using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Five9Functions.Five9.Soap;

public static class Five9AdminClientRegistration
{
    /// <summary>
    /// Registers <see cref="Five9AdminClient"/> with an HTTP client that follows nothing, remembers nothing and repeats nothing.
    /// Options and clock are those of the container, or the defaults.
    /// </summary>
    public static IHttpClientBuilder AddFive9AdminClient(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<Five9ClientOptions>();
        services.TryAddSingleton(provider => provider.GetRequiredService<IOptions<Five9ClientOptions>>().Value);
        services.AddMetrics();
        services.TryAddSingleton<Five9Metrics>();
        return services.AddFive9Client<Five9AdminClient>();
    }

    /// <summary>Registers <see cref="SupervisorClient"/> with an HTTP client of the same kind.</summary>
    public static IHttpClientBuilder AddSupervisorClient(this IServiceCollection services) => services.AddFive9Client<SupervisorClient>();

    private static IHttpClientBuilder AddFive9Client<T>(this IServiceCollection services)
        where T : class => services
            .AddHttpClient<T>(client => client.Timeout = Timeout.InfiniteTimeSpan) // each call has its own
            .UseSocketsHttpHandler((handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate; // a gateway may compress unasked
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5); // DNS changes are seen, also by clients that live long
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers(); // four lines a request say nothing that the import's own do not
}
