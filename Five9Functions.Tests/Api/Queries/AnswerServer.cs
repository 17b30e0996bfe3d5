using System.Net;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using Five9Functions.Api;
using Five9Functions.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace Five9Functions.Tests.Api.Queries;

/// <summary>Serves one answer over real HTTP, as a function would give it.</summary>
internal sealed class AnswerServer : IAsyncDisposable
{
    private const string NoStorage = "UseDevelopmentStorage=true";

    private readonly WebApplication _web;

    private AnswerServer(WebApplication web) => _web = web;

    public HttpClient Http { get; private set; } = new();

    public static async Task<AnswerServer> StartAsync(Func<HttpRequest, CancellationToken, Task<IResult>> answer)
    {
        var answers = new ApiErrorHandler(
            new PrepareStorage(new BlobServiceClient(NoStorage), new QueueServiceClient(NoStorage), new TableServiceClient(NoStorage), TimeProvider.System), NullLogger<ApiErrorHandler>.Instance);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var server = new AnswerServer(builder.Build());
        server._web.Run(ServeAsync);
        await server._web.StartAsync();
        server.Http = new HttpClient { BaseAddress = new Uri(server._web.Urls.Single()) };
        return server;

        async Task ServeAsync(HttpContext context)
        {
            var given = await answers.HandleAsync(context.Request, () => answer(context.Request, context.RequestAborted));
            await given.ExecuteAsync(context);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _web.StopAsync();
        await _web.DisposeAsync();
    }
}
