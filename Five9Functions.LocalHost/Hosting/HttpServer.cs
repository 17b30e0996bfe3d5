using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Five9Functions.LocalHost.Hosting;

/// <summary>
/// Serves HTTP functions under /api as the Functions host does: keys by level, 401 without one, 404 for a route or method that no
/// function has. On 127.0.0.1 only.
/// </summary>
internal sealed class HttpServer : IAsyncDisposable
{
    private const string KeyHeader = "x-functions-key";
    private const string KeyParameter = "code";

    private readonly HttpServerOptions _options;
    private readonly FunctionRunner _runner;
    private readonly RunningFunctions _running;
    private readonly Action<Invocation> _report;
    private readonly CancellationToken _cancelling;
    private readonly WebApplication _web;

    public HttpServer(IEnumerable<HttpFunction> functions, HttpServerOptions options, FunctionRunner runner, RunningFunctions running, Action<Invocation> report, CancellationToken cancelling)
    {
        (_options, _runner, _running, _report, _cancelling) = (options, runner, running, report, cancelling);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<IHostLifetime, EndsWhenDisposed>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MinResponseDataRate = null; // a client that stores what it reads is slow on purpose
            kestrel.Listen(IPAddress.Loopback, options.Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        _web = builder.Build();
        _web.UseRouting();
        _web.Use(WithoutMethodHintsAsync);
        foreach (var function in functions)
        {
            _web.MapMethods($"/api/{function.Route}", function.Methods, context => ServeAsync(function, context));
        }
    }

    /// <summary>Ends in /api.</summary>
    public Uri Address { get; private set; } = new("http://127.0.0.1/");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _web.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException($"Port {_options.Port} is taken by another program: choose another for the HTTP functions, or 0 for any free one.", e);
        }

        Address = new Uri($"{_web.Urls.Single()}/api/");
    }

    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync();
        await _web.DisposeAsync();
    }

    private async Task ServeAsync(HttpFunction function, HttpContext context)
    {
        if (function.Level != AuthorizationLevel.Anonymous && !HasKey(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _cancelling);
        _running.Begin();
        try
        {
            var invocation = await _runner.RunAsync(function, () => new TriggerData(context.Request), 0, either.Token);
            if (invocation.Error is not null && !context.Response.HasStarted)
            {
                context.Response.Clear();
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            }

            _report(invocation);
        }
        finally
        {
            _running.End();
        }
    }

    private bool HasKey(HttpRequest request)
    {
        var given = request.Headers[KeyHeader].ToString() is { Length: > 0 } header ? header : request.Query[KeyParameter].ToString();
        return CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(_options.Key));
    }

    // Routing would answer 405 to a known route with another method; the Functions host knows no such function.
    private static async Task WithoutMethodHintsAsync(HttpContext context, RequestDelegate next)
    {
        if (context.GetEndpoint() is { DisplayName: "405 HTTP Method Not Supported" })
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await next(context);
    }

    /// <summary>The server is part of a larger process: Ctrl+C is not its business.</summary>
    private sealed class EndsWhenDisposed : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
