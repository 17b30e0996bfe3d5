using Five9Functions.Integrations;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;

namespace Five9Functions.Imports;

/// <summary>
/// What a person does to a run: stop it, or have done again what failed. Either is one write of the run's row, which says what is wanted;
/// the run's job does it, and comes again if it is lost.
/// </summary>
public sealed class RunControl(ImportRunTable runs, ImportSliceTable slices, RunOpening opening, ImportQueues queues, TimeProvider time)
{
    private const int Tries = 10;

    /// <returns>The run as it is then; null when it has finished by itself.</returns>
    public async Task<ImportRun?> CancelAsync(Integration integration, Versioned<ImportRun> stored, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var run = stored.Value;
            if (run.FinishedAt is not null)
            {
                return run.CancelledAt is null ? null : run;
            }

            // A run that is not planned yet is planned by this: to nothing but what it has already.
            var cancelled = run with { CancelledAt = run.CancelledAt ?? time.Now(), Plan = run.Plan ?? [], Planned = run.Planned ?? 0 };
            if (run.CancelledAt is not null || await runs.TryUpdateAsync(stored, cancelled, cancellationToken))
            {
                await SendAsync(integration, cancelled, cancellationToken);
                return cancelled;
            }

            stored = await AgainAsync(run, cancellationToken);
        }

        throw Busy(stored.Value);
    }

    /// <returns>The run as it is then; null when nothing of it has failed, or it was cancelled, or somebody else was faster.</returns>
    public async Task<ImportRun?> RetryAsync(Integration integration, Versioned<ImportRun> stored, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            var run = stored.Value;
            if (run.Planned is null || run.CancelledAt is not null)
            {
                return null;
            }

            var finished = (await slices.OfRunAsync(run.Integration, run.Id, cancellationToken)).Where(s => s.Value.Finished).Select(s => s.Value).ToList();
            if (!finished.Exists(s => s.State == SliceState.Failed))
            {
                return null;
            }

            // Not before any of them ended, whichever clock it was by.
            var again = run with { RetriedAt = finished.Select(s => s.FinishedAt).Append(time.Now()).Max(), Retries = run.Retries + 1, Planned = null, ComparingSince = null, ComparedAt = null, FinishedAt = null, Outcome = null };
            if (await runs.TryUpdateAsync(stored, again, cancellationToken))
            {
                await SendAsync(integration, again, cancellationToken);
                return again;
            }

            stored = await AgainAsync(run, cancellationToken);
        }

        throw Busy(stored.Value);
    }

    private async Task SendAsync(Integration integration, ImportRun run, CancellationToken cancellationToken)
    {
        await opening.RegisterOpenRunAsync(integration, run, cancellationToken);
        await queues.SendAsync(new ImportJob(run.Integration, run.Id), cancellationToken);
    }

    private async Task<Versioned<ImportRun>> AgainAsync(ImportRun run, CancellationToken cancellationToken) =>
        await runs.FindAsync(run.Integration, run.Id, cancellationToken) ?? throw Busy(run);

    private static InvalidOperationException Busy(ImportRun run) => new($"The row of the run {run.Id} of {run.Integration} changed {Tries} times while it was being updated, or is gone.");
}
