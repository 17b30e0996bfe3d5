using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;

namespace Five9Functions.Imports;

/// <summary>
/// How every run begins, whoever asks for it: its place in its user's list of open runs, its row, its message. In this order a kill
/// leaves a name of nothing, which is forgotten, or a run that the watchdog knows of.
/// </summary>
public sealed class RunOpening(ImportRunTable runs, Five9UserTable users, ImportQueues queues, TimeProvider time)
{
    // Integrations of one Five9 user share its row; runs that are opened side by side would only lose it to each other.
    private readonly SemaphoreSlim[] _turns = [.. Enumerable.Range(0, 64).Select(_ => new SemaphoreSlim(1))];

    /// <summary>Nobody begins with it before the instant that it is asked for as of: the window that it reads ends there.</summary>
    /// <param name="known">The user's row as it was read a while ago.</param>
    /// <returns>False when a run of this id was opened before.</returns>
    public async Task<bool> OpenAsync(Integration integration, ImportRun run, CancellationToken cancellationToken, Versioned<Five9User>? known = null)
    {
        var user = await RegisterOpenRunAsync(integration, run, cancellationToken, known);
        if (!await runs.TryAddAsync(run, cancellationToken))
        {
            if (await runs.FindAsync(run.Integration, run.Id, cancellationToken) is { Value.FinishedAt: not null })
            {
                await users.UpdateAsync(user, u => u.WithoutOpenRun(new OpenRun(run.Integration, run.Id)), cancellationToken);
            }

            return false;
        }

        await queues.SendAsync(new ImportJob(run.Integration, run.Id), (run.RequestedAt - time.Now()).ToTimeSpan(), cancellationToken);
        return true;
    }

    /// <summary>Puts a run into its user's list of open runs, where the watchdog sees it.</summary>
    /// <returns>The user's key.</returns>
    public async Task<string> RegisterOpenRunAsync(Integration integration, ImportRun run, CancellationToken cancellationToken, Versioned<Five9User>? known = null)
    {
        var key = Five9UserTable.KeyOf(integration);
        var turn = _turns[(uint)string.GetHashCode(key, StringComparison.Ordinal) % _turns.Length];
        await turn.WaitAsync(cancellationToken);
        try
        {
            var stored = known ?? await users.GetOrAddAsync(integration, cancellationToken);
            if (known is not null || !ReferenceEquals(Listed(stored.Value), stored.Value))
            {
                await users.UpdateAsync(key, Listed, cancellationToken, stored);
            }

            return key;
        }
        finally
        {
            turn.Release();
        }

        Five9User Listed(Five9User user)
        {
            var ticks = user.TicksOf(run.Integration);
            var listed = user.WithOpenRun(new OpenRun(run.Integration, run.Id));
            return run.Kind == RunKind.Scheduled && ticks.IsBefore(run.Id) ? listed.WithTicks(run.Integration, ticks with { Run = run.Id }) : listed;
        }
    }
}
