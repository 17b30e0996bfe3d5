using System.Text;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>HTTP around one of the web services: its address, the WSDL, the login, and what was scripted for a call.</summary>
internal sealed class SoapEndpoint(SimulatorOptions options, SimulatedAccount account, ISoapService service, CancellationToken stopping)
{
    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);

    public AnswerScript Script { get; } = new(options.Scenario);

    public OneRequest User { get; } = new(options.UserName);

    public IReadOnlyDictionary<string, int> Calls
    {
        get
        {
            lock (_calls)
            {
                return new Dictionary<string, int>(_calls, StringComparer.Ordinal);
            }
        }
    }

    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (HttpMethods.IsPost(context.Request.Method))
            {
                await AnswerAsync(context, ended.Token);
            }
            else if (HttpMethods.IsGet(context.Request.Method) && context.Request.Query.ContainsKey("wsdl"))
            {
                context.Response.ContentType = "text/xml; charset=utf-8";
                await context.Response.WriteAsync(service.Wsdl($"{context.Request.Scheme}://{context.Request.Host}{context.Request.Path}"), ended.Token);
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The caller hung up, or the simulator is being stopped: nobody is there to be answered.
            context.Abort();
        }
    }

    private async Task AnswerAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.ContentType = "text/xml;charset=utf-8";
        response.Headers.SetCookie = "clientId=simulated; Path=/; HttpOnly";
        try
        {
            var request = SoapRequest.Of(await SoapDocument.ReadAsync(context.Request, cancellationToken), service);
            var answer = Script.Take(request.Operation, Count(request.Operation));
            switch (answer)
            {
                case SimulatedAnswer.FaultAnswer fault:
                    await DelayAsync(answer, cancellationToken);
                    throw new SoapFaultException(fault.What, fault.Status);
                case SimulatedAnswer.HttpAnswer http:
                    await DelayAsync(answer, cancellationToken);
                    await AnswerHttpAsync(response, http, cancellationToken);
                    return;
                case SimulatedAnswer.CutAnswer cut:
                    response.Body = new CutStream(response.Body, cut.Bytes, cut.BreakConnection ? context.Abort : null);
                    break;
            }

            await AnswerTruthfullyAsync(context, request, answer, cancellationToken);
        }
        catch (SoapFaultException e)
        {
            response.StatusCode = e.Status;
            var writer = new SoapWriter(response.BodyWriter, service.Namespace);
            writer.StartEnvelope();
            e.Fault.WriteTo(writer);
            writer.EndEnvelope();
            await writer.FlushAsync(cancellationToken);
        }
    }

    private async Task AnswerTruthfullyAsync(HttpContext context, SoapRequest request, SimulatedAnswer answer, CancellationToken cancellationToken)
    {
        var response = context.Response;
        if (context.Request.Headers.Authorization is not [{ } authorization, ..] || !SimulatedAccount.IsLogin(authorization))
        {
            response.StatusCode = StatusCodes.Status401Unauthorized;
            response.Headers.WWWAuthenticate = "Basic realm=\"Five9\"";
            return;
        }

        account.LogIn(authorization);
        using var present = User.Arrive();
        using var turn = User.Enter();
        await DelayAsync(answer, cancellationToken);
        var write = await service.InvokeAsync(request, answer is SimulatedAnswer.EndlessAnswer, cancellationToken);
        var writer = new SoapWriter(response.BodyWriter, service.Namespace);
        writer.StartEnvelope();
        writer.OpenService(request.Operation + "Response");
        await write(writer, cancellationToken);
        writer.Close($"ns2:{request.Operation}Response");
        writer.EndEnvelope();

        // Given back before the last bytes go out: the caller may send the next request as soon as it has read them.
        turn.Dispose();
        present.Dispose();
        await writer.FlushAsync(cancellationToken);
    }

    private Task DelayAsync(SimulatedAnswer answer, CancellationToken cancellationToken) =>
        answer.Delay > TimeSpan.Zero ? Task.Delay(answer.Delay, options.TimeProvider, cancellationToken) : Task.CompletedTask;

    private static async Task AnswerHttpAsync(HttpResponse response, SimulatedAnswer.HttpAnswer answer, CancellationToken cancellationToken)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        foreach (var (name, value) in answer.Headers)
        {
            response.Headers.Append(name, value);
        }

        await response.WriteAsync(answer.Body, Encoding.UTF8, cancellationToken);
    }

    /// <summary>Which call of the operation this is.</summary>
    private int Count(string operation)
    {
        lock (_calls)
        {
            return _calls[operation] = _calls.GetValueOrDefault(operation) + 1;
        }
    }
}
