using Five9Functions.Api;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace Five9Functions.Functions;

/// <summary>The door through which an integration goes: docs/api.md.</summary>
public sealed class RemovalFunctions(ApiErrorHandler answers, RemovalApi removal)
{
    [Function("DeleteIntegration"), Responses(202, 204, 400, 404, 412, 428)]
    public Task<IResult> DeleteIntegration([HttpTrigger(AuthorizationLevel.Function, "delete", Route = "integrations/{id}")] HttpRequest request, string id, CancellationToken cancellationToken) =>
        answers.HandleAsync(request, () => removal.DeleteAsync(request, id, cancellationToken));
}
