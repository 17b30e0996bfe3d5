using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.Tests.Support;

/// <summary>Takes spans, figures and records by the OpenTelemetry protocol (http/protobuf), and keeps them as they came.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly WebApplication _web;

    private OtlpCollector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        _web = builder.Build();
        _web.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            _received.AddOrUpdate(context.Request.Path.Value!, _ => Text(body), (_, before) => before + Text(body));
            context.Response.ContentType = "application/x-protobuf";
        });
    }

    public string Address => _web.Urls.Single();

    /// <summary>What came to each path.</summary>
    public ICollection<string> All => _received.Values;

    public static async Task<OtlpCollector> StartAsync(CancellationToken cancellationToken)
    {
        var collector = new OtlpCollector();
        await collector._web.StartAsync(cancellationToken);
        return collector;
    }

    /// <summary>All that came to a path, as text: protobuf writes text as it is.</summary>
    public string Of(string path) => _received.GetValueOrDefault(path, "");

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private static string Text(MemoryStream body) => Encoding.UTF8.GetString(body.ToArray());
}
