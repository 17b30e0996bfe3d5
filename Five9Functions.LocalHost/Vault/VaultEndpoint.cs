using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace Five9Functions.LocalHost.Vault;

/// <summary>HTTP around the vaults: which one is meant, who may ask, the paths, and what a vault is told to answer.</summary>
internal sealed class VaultEndpoint(Func<string, LocalVault?> vaultAt, VaultToken token, CancellationToken stopping)
{
    // Key Vault names a tenant of the identity service here; the client wants an address with one.
    private const string Challenge =
        $"Bearer authorization=\"https://login.{VaultServer.Domain}/00000000-0000-0000-0000-000000000000\", resource=\"https://{VaultServer.Domain}\"";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public async Task HandleAsync(HttpContext context)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            if (VaultIdentity.IsMeant(context.Request))
            {
                await VaultIdentity.AnswerAsync(context, token, ended.Token);
            }
            else if (vaultAt(context.Request.Host.Host) is not { } vault)
            {
                context.Response.StatusCode = StatusCodes.Status404NotFound;
            }
            else if (!token.IsIn(context.Request.Headers.Authorization))
            {
                vault.Count("challenge");
                context.Response.Headers.WWWAuthenticate = Challenge;
                await WriteAsync(context.Response, StatusCodes.Status401Unauthorized, new VaultFault(401, "Unauthorized", "Request is missing a Bearer or PoP token.").ToJson(), ended.Token);
            }
            else
            {
                await AnswerAsync(vault, context, ended.Token);
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            context.Abort(); // nobody is there to be answered
        }
    }

    private static async Task AnswerAsync(LocalVault vault, HttpContext context, CancellationToken cancellationToken)
    {
        var response = context.Response;
        try
        {
            var operation = Operation(context.Request);
            vault.Count(operation.Count);
            var answer = vault.Answer;
            if (answer == VaultAnswer.Nothing)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (answer == VaultAnswer.Broken)
            {
                context.Abort();
                return;
            }

            if (answer == VaultAnswer.ReadOnly && !HttpMethods.IsGet(context.Request.Method))
            {
                answer = VaultAnswer.Forbidden;
            }

            if ((answer.Fault ?? Problem(context.Request)) is { } fault)
            {
                throw new VaultFaultException(fault);
            }

            var body = await operation.Do(vault.Secrets, context.Request, cancellationToken);
            if (vault.Events is { } events && HttpMethods.IsPut(context.Request.Method))
            {
                await events.LookAsync(cancellationToken);
            }

            await WriteAsync(response, body is null ? StatusCodes.Status204NoContent : StatusCodes.Status200OK, body, cancellationToken);
        }
        catch (VaultFaultException e)
        {
            if (e.Fault.RetryAfter > 0)
            {
                response.Headers.RetryAfter = e.Fault.RetryAfter.ToString(CultureInfo.InvariantCulture);
            }

            await WriteAsync(response, e.Fault.Status, e.Fault.ToJson(), cancellationToken);
        }
    }

    private static VaultFault? Problem(HttpRequest request) =>
        string.IsNullOrEmpty(request.Query[VaultBodies.ApiVersion]) ? VaultFault.BadParameter("api-version must be specified.") : null;

    private static (string Count, Func<VaultSecrets, HttpRequest, CancellationToken, Task<object?>> Do) Operation(HttpRequest request) =>
        (request.Method, request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries)) switch
        {
            ("GET", ["secrets"]) => ("list", (s, r, _) => Done(s.List(Skip(r)))),
            ("GET", ["secrets", var name]) => ($"get {name}", (s, _, _) => Done(s.Get(name, null))),
            ("GET", ["secrets", var name, "versions"]) => ($"versions {name}", (s, r, _) => Done(s.Versions(name, Skip(r)))),
            ("GET", ["secrets", var name, var version]) => ($"get {name}", (s, _, _) => Done(s.Get(name, version))),
            ("PUT", ["secrets", var name]) => ($"set {name}", async (s, r, c) => await s.SetAsync(name, await ReadAsync(r, c), c)),
            ("PATCH", ["secrets", var name]) => ($"update {name}", async (s, r, c) => await s.UpdateAsync(name, null, await ReadAsync(r, c), c)),
            ("PATCH", ["secrets", var name, var version]) => ($"update {name}", async (s, r, c) => await s.UpdateAsync(name, version, await ReadAsync(r, c), c)),
            ("DELETE", ["secrets", var name]) => ($"delete {name}", async (s, _, c) => await s.DeleteAsync(name, c)),
            ("GET", ["deletedsecrets", var name]) => ($"getDeleted {name}", (s, _, _) => Done(s.GetDeleted(name))),
            ("POST", ["deletedsecrets", var name, "recover"]) => ($"recover {name}", async (s, _, c) => await s.RecoverAsync(name, c)),
            ("DELETE", ["deletedsecrets", var name]) => ($"purge {name}", (s, _, c) => s.PurgeAsync(name, c)),
            _ => throw new VaultFaultException(VaultFault.BadParameter("The vault stand-in has no such operation.")),
        };

    private static Task<object?> Done(object body) => Task.FromResult<object?>(body);

    private static int Skip(HttpRequest request) => int.TryParse(request.Query["skip"], CultureInfo.InvariantCulture, out var skip) && skip >= 0 ? skip : 0;

    private static async Task<SecretParameters> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<SecretParameters>(request.Body, Json, cancellationToken) ?? new SecretParameters();
        }
        catch (JsonException)
        {
            // Not with the parser's words: they can quote what they could not read.
            throw new VaultFaultException(VaultFault.BadParameter("The request body is not valid JSON."));
        }
    }

    private static async Task WriteAsync(HttpResponse response, int status, object? body, CancellationToken cancellationToken)
    {
        response.StatusCode = status;
        response.Headers.CacheControl = "no-cache";
        if (body is not null)
        {
            response.ContentType = "application/json; charset=utf-8";
            await JsonSerializer.SerializeAsync(response.Body, body, Json, cancellationToken);
        }
    }
}
