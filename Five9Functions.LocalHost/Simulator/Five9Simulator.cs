using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// A stand-in for Five9's admin web service: real SOAP over HTTP on 127.0.0.1, with its logins, faults, quotas, row caps and
/// reports that take a while. What it knows of Five9 is from the guide of
/// February 2026, the published WSDL, and what integrations saw in production.
/// </summary>
public sealed class Five9Simulator : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly AdminEndpoint _endpoint;
    private readonly CancellationTokenSource _stopping;

    private Five9Simulator(WebApplication web, AdminEndpoint endpoint, CancellationTokenSource stopping)
    {
        _web = web;
        _endpoint = endpoint;
        _stopping = stopping;
        BaseAddress = new Uri(web.Urls.Single().TrimEnd('/') + "/");
    }

    /// <summary>http://127.0.0.1:port/</summary>
    public Uri BaseAddress { get; }

    /// <summary>The calls so far by operation, refused ones included, as they are now; an operation that was never called is absent.</summary>
    public IReadOnlyDictionary<string, int> Calls => _endpoint.Calls;

    /// <summary>The user's password from now on.</summary>
    public string Password
    {
        set => _endpoint.Account.Password = value;
    }

    /// <summary>Calls with a wrong user name or password.</summary>
    public int BadLogins => _endpoint.Account.BadLogins;

    /// <summary>Changes the user's password, as a person does in Five9's own pages.</summary>
    /// <exception cref="ArgumentException">The password does not meet the policy, or was one of the last.</exception>
    public void ChangePassword(string password)
    {
        try
        {
            _endpoint.Account.ChangePassword(password);
        }
        catch (SoapFaultException e)
        {
            throw new ArgumentException(e.Message, nameof(password));
        }
    }

    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<Five9Simulator> StartAsync(SimulatorOptions options, CancellationToken cancellationToken = default)
    {
        var stopping = new CancellationTokenSource();
        var endpoint = new AdminEndpoint(options, stopping.Token);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime, EndsWhenDisposed>();
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, options.Port);

            // A client that stores what it reads is slow on purpose.
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.AddServerHeader = false;
        });
        var web = builder.Build();
        web.Run(endpoint.HandleAsync);
        try
        {
            await web.StartAsync(cancellationToken);
            return new Five9Simulator(web, endpoint, stopping);
        }
        catch
        {
            await web.DisposeAsync();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>What the next call of an operation is answered; several wait in line, behind what is meant for a numbered call.</summary>
    public void Next(string operation, SimulatedAnswer answer) => _endpoint.Script.Add(Known(operation), answer);

    /// <summary>What the nth call of an operation is answered; the first one that the simulator ever got is 1. The later word counts.</summary>
    public void Nth(string operation, int call, SimulatedAnswer answer) => _endpoint.Script.Add(new ScenarioCall(Known(operation), call, answer));

    /// <summary>What the nth call of an operation and all later ones are answered, unless something else is meant for them.</summary>
    public void FromNth(string operation, int call, SimulatedAnswer answer) =>
        _endpoint.Script.Add(new ScenarioCall(Known(operation), call, answer, AndLater: true));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _stopping.Dispose();
    }

    private static string Known(string operation) => AdminService.Operations.ContainsKey(operation)
        ? operation
        : throw new ArgumentException($"The simulator has no operation {operation}; it has {string.Join(", ", AdminService.Operations.Keys)}.", nameof(operation));

    /// <summary>The simulator is part of a larger process: Ctrl+C is not its business.</summary>
    private sealed class EndsWhenDisposed : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
