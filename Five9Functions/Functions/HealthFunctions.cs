using Five9Functions.Api;
using Five9Functions.Health;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The doors of health: docs/api.md, docs/operations.md.</summary>
public sealed class HealthFunctions(ApiErrorHandler answers, HealthApi health, MeasureHealth measureHealth, FunctionTracing tracing)
{
    [Function("MeasureHealth")]
    public Task MeasureHealth([TimerTrigger("%ImportSchedule%")] TimerInfo timer, CancellationToken cancellationToken) =>
        tracing.TraceAsync(nameof(MeasureHealth), () => measureHealth.RunAsync(cancellationToken), cancellationToken);

    [Function("GetHealth"), Responses(200, 400, 503)]
    public Task<IResult> GetHealth([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "health")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => health.LiveAsync(request, cancellationToken));

    [Function("GetHealthOfIntegrations"), Responses(200, 400, 503)]
    public Task<IResult> GetHealthOfIntegrations([HttpTrigger(AuthorizationLevel.Function, "get", Route = "health/integrations")] HttpRequest request, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => health.IntegrationsAsync(request, cancellationToken));
}
