using Five9Functions.Imports;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.LocalHost.Run;

/// <summary>Fires the schedule at once, and shows each integration's run until it is finished.</summary>
internal sealed class FirstImport(LocalApp app, Screen screen)
{
    private readonly ImportRuns _runs = app.Services.GetRequiredService<ImportRuns>();
    private readonly RunProgress _progress = app.Services.GetRequiredService<RunProgress>();

    /// <exception cref="RunFailedException">Five9 refuses a credential: nothing but a person can change that.</exception>
    public async Task<IReadOnlyList<(Integration Integration, RunView Run)>> RunAsync(CancellationToken cancellationToken)
    {
        await app.Host.RunTimerAsync("ScheduleImports", cancellationToken);
        var finished = new List<(Integration, RunView)>();
        foreach (var integration in await app.Services.GetRequiredService<IntegrationTable>().AllAsync(cancellationToken))
        {
            if (await NewestAsync(integration, cancellationToken) is { } run)
            {
                finished.Add((integration, await FollowAsync(integration, run, cancellationToken)));
            }
            else
            {
                screen.Fact("Import", $"{integration.Id} is paused: nothing is imported");
            }
        }

        return finished;
    }

    private async Task<RunView> FollowAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        var said = run.FinishedAt is null ? $"{integration.Id}, days and times of {integration.Zone}" : $"{integration.Id} was imported a moment ago and is due again with the next quarter of an hour";
        screen.Fact("Import", said);
        return await screen.FollowAsync(integration.DateTimeZone, async show =>
        {
            RunView? last = null;
            await foreach (var view in _progress.FollowAsync(run, cancellationToken))
            {
                show(last = view);
                await RequireCredentialAsync(integration, view, cancellationToken);
            }

            return last!;
        });
    }

    private async Task RequireCredentialAsync(Integration integration, RunView view, CancellationToken cancellationToken)
    {
        if (!view.Slices.Any(s => !s.Finished && s.Error?.Problem is SliceProblem.CredentialRejected or SliceProblem.PasswordExpired))
        {
            return;
        }

        var user = (await app.Services.GetRequiredService<Five9Users>().GetAsync(Five9Users.KeyOf(integration), cancellationToken)).Value;
        var credential = await app.Services.GetRequiredService<Credentials>().ForAsync(integration, cancellationToken);
        if (user.MarkOf(integration.SecretName) is { } mark && mark.IsRejected(credential.Version))
        {
            throw new RunFailedException(
                $"Five9 refuses the user {integration.UserName} of {integration.Id} ({mark.Reason}): store the right password with '{SecretCommand.Usage(integration.Id)}', or correct UserName or Region in {LocalSettingsFile.Name}, then start again.");
        }
    }

    private async Task<ImportRun?> NewestAsync(Integration integration, CancellationToken cancellationToken)
    {
        await foreach (var run in _runs.OfAsync(integration.Id, cancellationToken))
        {
            if (run.Kind == RunKind.Scheduled)
            {
                return integration.Paused && run.FinishedAt is not null ? null : run;
            }
        }

        return null;
    }
}
