using Five9Functions.Credentials;
using Five9Functions.Integrations;
using Five9Functions.LocalHost.App;
using Five9Functions.Problems;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Users;
using Microsoft.Extensions.DependencyInjection;

namespace Five9Functions.LocalHost.Run;

/// <summary>Fires the schedule at once, and shows each integration's run until it is finished. What fails of one keeps no other one from it.</summary>
/// <param name="once">Nothing is tried again later, so what fails is only noted.</param>
internal sealed class FirstImport(LocalApp app, Screen screen, Endurance endurance, bool once)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ImportRunTable _runs = app.Services.GetRequiredService<ImportRunTable>();
    private readonly RunProgress _progress = app.Services.GetRequiredService<RunProgress>();

    /// <exception cref="RunFailedException">Five9 refuses a credential: nothing but a person can change that.</exception>
    public async Task<IReadOnlyList<(Integration Integration, RunView Run)>> RunAsync(CancellationToken cancellationToken)
    {
        // What fails of a tick stands in the log, and the next tick tries it again.
        await TryAsync("The first import", () => app.Host.RunTimerAsync("ScheduleImports", cancellationToken), cancellationToken);
        var finished = new List<(Integration, RunView)>();
        IReadOnlyList<Integration> all = [];
        await TryAsync("The integrations cannot be listed", async () => all = await app.Services.GetRequiredService<IntegrationTable>().AllAsync(Unreadable, cancellationToken), cancellationToken);
        foreach (var integration in all)
        {
            await TryAsync(
                $"The import of {integration.Id}",
                async () =>
                {
                    if (await NewestAsync(integration, cancellationToken) is { } run)
                    {
                        finished.Add((integration, await FollowAsync(integration, run, cancellationToken)));
                    }
                    else
                    {
                        screen.Fact("Import", integration.Paused ? $"{integration.Id} is paused: nothing is imported" : $"{integration.Id} was not begun: the next quarter of an hour tries it again");
                    }
                },
                cancellationToken);
        }

        return finished;
    }

    /// <summary>What failed, a line each.</summary>
    public List<string> Failures { get; } = [];

    private void Unreadable(UnreadableRowException e) => Failed(e.RowKey, e.Message);

    private async Task TryAsync(string what, Func<Task> work, CancellationToken cancellationToken)
    {
        try
        {
            await work();
        }
        catch (Exception e) when (e is not RunFailedException && !cancellationToken.IsCancellationRequested)
        {
            Failed(what, OneLine.Of(e));
        }
    }

    private void Failed(string what, string line)
    {
        Failures.Add($"{what}: {line}");
        if (!once)
        {
            endurance.Say(what, line);
        }
    }

    private async Task<RunView> FollowAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        var said = run.FinishedAt is null ? $"{integration.Id}, days and times of {integration.Zone}" : $"{integration.Id} was imported a moment ago and is due again with the next quarter of an hour";
        screen.Fact("Import", said);
        return await screen.FollowAsync(integration.DateTimeZone, async show =>
        {
            RunView? last = null;
            while (last?.Run.FinishedAt is null)
            {
                if (once)
                {
                    await LookAsync();
                }
                else if (!await endurance.TryAsync($"The import of {integration.Id} cannot be followed", LookAsync, cancellationToken))
                {
                    await Task.Delay(Pause, cancellationToken);
                }
            }

            return last;

            async Task LookAsync()
            {
                await foreach (var view in _progress.FollowAsync(run, cancellationToken))
                {
                    show(last = view);
                    await RequireCredentialAsync(integration, view, cancellationToken);
                }
            }
        });
    }

    private async Task RequireCredentialAsync(Integration integration, RunView view, CancellationToken cancellationToken)
    {
        if (!view.Slices.Any(s => !s.Finished && s.Error?.Problem is ImportProblem.CredentialRejected or ImportProblem.PasswordExpired))
        {
            return;
        }

        var user = (await app.Services.GetRequiredService<Five9UserTable>().GetAsync(Five9UserTable.KeyOf(integration), cancellationToken)).Value;
        var credential = await app.Services.GetRequiredService<Logins>().ForAsync(integration, cancellationToken);
        if (user.MarkOf(integration.SecretName) is { } mark && mark.IsRejected(credential.Version))
        {
            throw new RunFailedException(
                $"Five9 refuses the user {integration.UserName} of {integration.Id} ({mark.Reason}): store the right password with '{SecretCommand.Usage(integration.Id)}', or correct UserName or Region in {LocalSettingsFile.Name}, then start again.");
        }
    }

    private async Task<ImportRun?> NewestAsync(Integration integration, CancellationToken cancellationToken)
    {
        await foreach (var run in _runs.ListAsync(integration.Id, cancellationToken))
        {
            if (run.Kind == RunKind.Scheduled)
            {
                return integration.Paused && run.FinishedAt is not null ? null : run;
            }
        }

        return null;
    }
}
