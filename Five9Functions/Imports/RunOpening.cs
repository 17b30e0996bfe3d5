using Five9Functions.Integrations;

namespace Five9Functions.Imports;

/// <summary>How every run begins, whoever asks for it: its row, its place in the user's list of open runs, its message.</summary>
public sealed class RunOpening(ImportRuns runs, Five9Users users, ImportQueues queues)
{
    /// <returns>False when a run of this id was opened before.</returns>
    public Task<bool> OpenAsync(Integration integration, ImportRun run, CancellationToken cancellationToken) => OpenAsync(integration, run, TimeSpan.Zero, cancellationToken);

    /// <param name="delay">How long nobody begins with it.</param>
    /// <inheritdoc cref="OpenAsync(Integration, ImportRun, CancellationToken)"/>
    public async Task<bool> OpenAsync(Integration integration, ImportRun run, TimeSpan delay, CancellationToken cancellationToken)
    {
        if (!await runs.TryAddAsync(run, cancellationToken))
        {
            return false;
        }

        await ListAsync(integration, run, cancellationToken);
        await queues.SendAsync(new ImportJob(run.Integration, run.Id), delay, cancellationToken);
        return true;
    }

    /// <summary>Puts a run into its user's list of open runs, where the watchdog sees it.</summary>
    public async Task<string> ListAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        var key = await users.EnsureAsync(integration, cancellationToken);
        await users.UpdateAsync(key, user => user.WithOpenRun(new OpenRun(run.Integration, run.Id)), cancellationToken);
        return key;
    }
}
