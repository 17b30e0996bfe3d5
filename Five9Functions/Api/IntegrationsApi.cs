using Five9Functions.Connections;
using Five9Functions.Credentials;
using Five9Functions.Five9;
using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace Five9Functions.Api;

/// <summary>Connects integrations, shows and changes them: docs/api.md.</summary>
public sealed class IntegrationsApi(
    IntegrationTable table,
    IntegrationLookup known,
    IntegrationUpdates changes,
    ImportHistoryCheck imported,
    ConnectionCheck tests,
    ScheduleImports schedule,
    InitialImportProgress firstImport,
    CredentialStatuses credentials,
    Five9Hosts hosts,
    IOptions<IntegrationOptions> configuration,
    TimeProvider time)
{
    private const string Test = "test";

    public async Task<IResult> ListAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        var unreadable = new List<string>();
        var all = await table.AllAsync(e => unreadable.Add(e.Message), cancellationToken);
        return new JsonAnswer<IntegrationList>(new IntegrationList(
            [.. all.OrderBy(i => i.Name, StringComparer.OrdinalIgnoreCase).ThenBy(i => i.Id, StringComparer.Ordinal).SelectMany(i => ViewOrNone(i, unreadable))],
            unreadable.Count > 0 ? unreadable : null));
    }

    public async Task<IResult> GetAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        _ = new RequestQuery(request);
        return await AnswerAsync(await known.RequireAsync(id, cancellationToken), null, cancellationToken);
    }

    public async Task<IResult> CreateAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        var isTested = new RequestQuery(request, Test).Flag(Test, otherwise: true);
        var body = await RequestBody.ReadAsync<IntegrationBody>(request, cancellationToken);
        var suggested = body.Id is { } id ? [id] : IntegrationSlug.Of(body.Name ?? "").ToArray();
        var settings = body.Settings(suggested[0], body is { Password: null, SecretName: null or "" }
            ? [new FieldError("password", "password is missing: send it, or secretName, the name of a secret that is in the key vault.")] : []);
        RequireAllowedHost(settings);
        var created = await CreateAsync(suggested, settings, body.Password, cancellationToken);
        IReadOnlyList<TestedStage>? stages = null;
        try
        {
            stages = isTested ? await tests.RunAsync(created.Value, cancellationToken) : null;
        }
        finally
        {
            // Whoever does not wait for the test has connected it all the same.
            await schedule.RunAsync(created.Value, CancellationToken.None);
        }

        return await AnswerAsync(created, stages, cancellationToken, StatusCodes.Status201Created);
    }

    /// <summary>Replaces all settings but what is fixed: the id, the buckets, and a start of history that would be later.</summary>
    public async Task<IResult> ReplaceAsync(HttpRequest request, string id, CancellationToken cancellationToken)
    {
        var isTested = new RequestQuery(request, Test).Flag(Test, otherwise: true);
        var found = await known.RequireAsync(id, cancellationToken);
        known.RequireNotConfigured(id);
        EntityTag.RequireMatch(request, found.ETag, $"the integration {id}");
        var body = await RequestBody.ReadAsync<IntegrationBody>(request, cancellationToken);
        var settings = body.Settings(id,
        [
            .. body.Id is { } other && other != id ? [new FieldError("id", $"id is fixed: it is {id}.")] : Array.Empty<FieldError>(),
            .. body.Paused is { } paused && paused != found.Value.Paused
                ? [new FieldError("paused", $"paused is not changed here, but with POST /integrations/{id}/{(paused ? "pause" : "resume")}.")] : Array.Empty<FieldError>(),
        ]);
        RequireAllowedHost(settings);
        var next = found.Value.ReplacedBy(settings.ToIntegration(id, time.Now()), settings.HistoryDays);
        await RequirePasswordForHostAsync(found.Value, next, body.Password);
        await RequireZoneAsync(found.Value, next, cancellationToken);
        await RequireOwnSecretAsync(next, cancellationToken);
        if (IsAnotherLogin(found.Value, next))
        {
            await RequireFittingSecretAsync(next, body.Password);
        }

        await RequirePasswordTryAsync(next, body.Password, cancellationToken);
        var written = await InVaultAsync(() => changes.ReplaceAsync(found, next, body.Password, cancellationToken));
        if (written != IntegrationWrite.Written)
        {
            throw written == IntegrationWrite.NameTaken ? NameTaken(next) : EntityTag.Changed($"the integration {id}");
        }

        var stored = await known.RequireAsync(id, cancellationToken);
        return await AnswerAsync(stored, isTested ? await tests.RunAsync(stored.Value, cancellationToken) : null, cancellationToken);
    }

    private async Task<Versioned<Integration>> CreateAsync(string[] ids, IntegrationSettings settings, string? password, CancellationToken cancellationToken)
    {
        var now = time.Now();
        foreach (var id in ids)
        {
            // What was kept of a removed integration may be another centre's: only who names its id goes on with it.
            if (ids.Length > 1 && await table.WasRemovedAsync(id, cancellationToken))
            {
                continue;
            }

            var integration = settings.ToIntegration(id, now);
            await RequireOwnSecretAsync(integration, cancellationToken);
            await RequireFittingSecretAsync(integration, password);
            await RequirePasswordTryAsync(integration, password, cancellationToken);
            switch (await InVaultAsync(() => changes.CreateAsync(integration, password, cancellationToken)))
            {
                case IntegrationWrite.Written:
                    return await known.RequireAsync(id, cancellationToken);

                case IntegrationWrite.NameTaken:
                    throw NameTaken(integration);
            }
        }

        throw ApiException.Conflict(ApiProblem.IdTaken, ids.Length == 1
            ? "There is an integration of this id: choose another, or leave it out."
            : "All ids that the name suggests are taken: send an id.");
    }

    private async Task RequireZoneAsync(Integration stored, Integration next, CancellationToken cancellationToken)
    {
        if (await imported.KeepsZoneAsync(stored, next.Zone, cancellationToken))
        {
            throw ApiException.Conflict(ApiProblem.ZoneInUse, $"The zone cannot be changed from {stored.Zone}: days are stored by its local dates, or are being imported. "
                + $"Delete the integration with DELETE /integrations/{stored.Id}?data=delete and create it again in the right zone. If nothing was imported yet, pause it, wait until its run has ended, and send this again.");
        }
    }

    private void RequireAllowedHost(IntegrationSettings settings)
    {
        if (Five9Region.TryParse(settings.Region) is { } host && !hosts.Allows(host))
        {
            throw ApiException.Invalid([new FieldError(
                "region",
                $"region: {Five9Host.NameOf(host)} is not a host of Five9's, and the setting Five9__AllowedHosts does not name it: "
                + $"send us, uk, ca, eu or in, or add {Five9Host.WithPort(host)} to the setting.")]);
        }
    }

    // A stored password goes where it was meant to go: else a caller that may change settings could have it sent to its own host.
    private async Task RequirePasswordForHostAsync(Integration stored, Integration next, string? password)
    {
        if (password is null && !Five9Host.AreSame(next.Host, stored.Host) && next.SecretName.Equals(stored.SecretName, StringComparison.OrdinalIgnoreCase)
            && await changes.SecretRefusalAsync(next) is { Problem: ImportProblem.SecretOfAnotherHost })
        {
            throw ApiException.Invalid([new FieldError("password", "password is missing: a stored one is never sent to another host, so send it with the new region.")]);
        }
    }

    // Settings that leave host, user and secret as they are can be changed while the secret is wrong: it is judged again before it is sent.
    private static bool IsAnotherLogin(Integration stored, Integration next) =>
        next.Host != stored.Host
        || !next.UserName.Equals(stored.UserName, StringComparison.OrdinalIgnoreCase)
        || !next.SecretName.Equals(stored.SecretName, StringComparison.OrdinalIgnoreCase);

    private async Task RequireFittingSecretAsync(Integration integration, string? password)
    {
        if (password is null && await changes.SecretRefusalAsync(integration) is { Text: var text })
        {
            throw new ApiException(StatusCodes.Status422UnprocessableEntity, ApiProblem.SecretOfAnotherHost, text);
        }
    }

    // Each password that is sent is a login, now or at the next import.
    private async Task RequirePasswordTryAsync(Integration integration, string? password, CancellationToken cancellationToken)
    {
        if (password is not null && await changes.PasswordAllowedAtAsync(integration, cancellationToken) is { } again)
        {
            throw CredentialApi.TriesUsed(ReplaceCredential.TriesUsed(integration, again), again - time.Now());
        }
    }

    // A secret holds one user's password at one host; for the same reason nobody else can name it.
    private async Task RequireOwnSecretAsync(Integration integration, CancellationToken cancellationToken)
    {
        var others = await table.AllAsync(_ => { }, cancellationToken);
        if (others.FirstOrDefault(other => other.Id != integration.Id && other.SecretName.Equals(integration.SecretName, StringComparison.OrdinalIgnoreCase)
            && (!Five9Host.AreSame(other.Host, integration.Host) || !other.UserName.Equals(integration.UserName, StringComparison.OrdinalIgnoreCase))) is { } owner)
        {
            throw ApiException.Conflict(ApiProblem.SecretOfAnother, $"The secret {owner.SecretName} is that of the integration {owner.Id}, which logs in as another Five9 user or at another host: name another secret.");
        }

        // A new password of the one would leave the other with the old one.
        if (others.FirstOrDefault(other => other.Id != integration.Id && Five9UserTable.KeyOf(other) == Five9UserTable.KeyOf(integration)
            && !other.SecretName.Equals(integration.SecretName, StringComparison.OrdinalIgnoreCase)
            && (other.Rotation == CredentialRotation.Managed || integration.Rotation == CredentialRotation.Managed)) is { } sharing)
        {
            throw ApiException.Conflict(
                ApiProblem.UserSharedByAnotherSecret,
                $"The integration {sharing.Id} logs in as {sharing.UserName} too, with the secret {sharing.SecretName}, and the importer manages that user's password: let both name one secret, or set rotation of both to external.");
        }
    }

    private static async Task<IntegrationWrite> InVaultAsync(Func<Task<IntegrationWrite>> change)
    {
        try
        {
            return await change();
        }
        catch (Five9TransientException e)
        {
            throw new ApiException(StatusCodes.Status503ServiceUnavailable, ApiProblem.VaultUnavailable, e.Message);
        }
        catch (Five9MisconfiguredException e)
        {
            throw new ApiException(StatusCodes.Status502BadGateway, ApiProblem.VaultRefused, e.Message);
        }
    }

    private static ApiException NameTaken(Integration integration) =>
        ApiException.Conflict(ApiProblem.NameTaken, $"Another integration is called {integration.Name}; case and blanks do not count. Choose another name.");

    private IEnumerable<IntegrationView> ViewOrNone(Integration integration, List<string> unreadable)
    {
        try
        {
            return [View(integration)];
        }
        catch (Five9MisconfiguredException e)
        {
            unreadable.Add(e.Message);
            return [];
        }
    }

    private IntegrationView View(Integration integration) => IntegrationView.Of(integration, configuration.Value.Integrations.ContainsKey(integration.Id), time.Now());

    private async Task<IResult> AnswerAsync(Versioned<Integration> stored, IReadOnlyList<TestedStage>? test, CancellationToken cancellationToken, int status = StatusCodes.Status200OK)
    {
        var view = View(stored.Value) with
        {
            Credential = await credentials.GetAsync(stored.Value, cancellationToken),
            FirstImport = await firstImport.GetAsync(stored.Value, cancellationToken),
            Test = test,
        };
        return new JsonAnswer<IntegrationView>(view, status)
        {
            ETag = EntityTag.Of(stored.ETag),
            Location = status == StatusCodes.Status201Created ? $"integrations/{stored.Value.Id}" : null,
        };
    }

    /// <param name="Unreadable">A sentence for each row of the table that cannot be understood.</param>
    private sealed record IntegrationList(IReadOnlyList<IntegrationView> Items, IReadOnlyList<string>? Unreadable);
}
