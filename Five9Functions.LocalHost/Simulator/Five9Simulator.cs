using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>
/// A stand-in for Five9's admin and supervisor web services: real SOAP over HTTP on 127.0.0.1, with its logins, faults, quotas, row caps and
/// reports that take a while. What it knows of Five9 is from the guide of
/// February 2026, the published WSDL, and what integrations saw in production.
/// </summary>
public sealed class Five9Simulator : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly SimulatedAccount _account;
    private readonly SupervisorService _supervisor;
    private readonly (ISoapService Service, SoapEndpoint Endpoint)[] _services;
    private readonly CancellationTokenSource _stopping;

    private Five9Simulator(SimulatorOptions options, WebApplication web, CancellationTokenSource stopping)
    {
        _web = web;
        _stopping = stopping;
        _account = new SimulatedAccount(options);
        _supervisor = new SupervisorService(options);
        _services = Array.ConvertAll<ISoapService, (ISoapService, SoapEndpoint)>(
            [new AdminService(options, options.Domain ?? SimulatedDomain.For(options.AgentStates), _account), _supervisor],
            service => (service, new SoapEndpoint(options, _account, service, stopping.Token)));
    }

    /// <summary>The names of all operations, of either service.</summary>
    public static IEnumerable<string> Operations => AdminService.Operations.Keys.Union(SupervisorService.Names);

    /// <summary>http://127.0.0.1:port/</summary>
    public Uri BaseAddress => new(_web.Urls.Single().TrimEnd('/') + "/");

    /// <summary>The calls so far by operation, refused ones included, as they are now; an operation that was never called is absent.</summary>
    public IReadOnlyDictionary<string, int> Calls => _services.SelectMany(s => s.Endpoint.Calls).GroupBy(c => c.Key, StringComparer.Ordinal).ToDictionary(c => c.Key, c => c.Sum(n => n.Value), StringComparer.Ordinal);

    /// <summary>The most requests to the supervisor service that were there at once, refused ones included.</summary>
    public int MostSupervisorCallsAtOnce => _services[1].Endpoint.User.MostAtOnce;

    /// <summary>The user's password from now on.</summary>
    public string Password
    {
        set => _account.Password = value;
    }

    /// <summary>Calls with a wrong user name or password.</summary>
    public int BadLogins => _account.BadLogins;

    /// <summary>Changes the user's password, as a person does in Five9's own pages.</summary>
    /// <exception cref="ArgumentException">The password does not meet the policy, or was one of the last.</exception>
    public void ChangePassword(string password)
    {
        try
        {
            _account.ChangePassword(password);
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
        var simulator = new Five9Simulator(options, web, stopping);
        web.Run(simulator.HandleAsync);
        try
        {
            await web.StartAsync(cancellationToken);
            return simulator;
        }
        catch
        {
            await web.DisposeAsync();
            stopping.Dispose();
            throw;
        }
    }

    /// <summary>What the next call of an operation is answered; several wait in line, behind what is meant for a numbered call.</summary>
    public void Next(string operation, SimulatedAnswer answer)
    {
        // Both services have closeSession.
        foreach (var script in ScriptsOf(operation))
        {
            script.Add(operation, answer);
        }
    }

    /// <summary>What the nth call of an operation is answered; the first one that the simulator ever got is 1. The later word counts.</summary>
    public void Nth(string operation, int call, SimulatedAnswer answer) => ScriptOf(operation).Add(new ScenarioCall(operation, call, answer));

    /// <summary>What the nth call of an operation and all later ones are answered, unless something else is meant for them.</summary>
    public void FromNth(string operation, int call, SimulatedAnswer answer) =>
        ScriptOf(operation).Add(new ScenarioCall(operation, call, answer, AndLater: true));

    /// <summary>Somebody else logs in to the supervisor service as the user, which ends the session that there is.</summary>
    public void TakeOverSession() => _supervisor.TakeOver();

    /// <summary>The supervisor service forgets the session that there is.</summary>
    public void ForgetSession() => _supervisor.Forget();

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _web.StopAsync();
        await _web.DisposeAsync();
        _stopping.Dispose();
    }

    private Task HandleAsync(HttpContext context)
    {
        if (Array.Find(_services, s => s.Service.IsAt(context.Request.Path)).Endpoint is { } endpoint)
        {
            return endpoint.HandleAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    // What both services have is meant for the first.
    private AnswerScript ScriptOf(string operation) => ScriptsOf(operation)[0];

    private AnswerScript[] ScriptsOf(string operation)
    {
        var scripts = _services.Where(s => s.Service.OperationNames.Contains(operation, StringComparer.Ordinal)).Select(s => s.Endpoint.Script).ToArray();
        return scripts.Length > 0 ? scripts
            : throw new ArgumentException($"The simulator has no operation {operation}; it has {string.Join(", ", Operations)}.", nameof(operation));
    }

    /// <summary>The simulator is part of a larger process: Ctrl+C is not its business.</summary>
    private sealed class EndsWhenDisposed : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
