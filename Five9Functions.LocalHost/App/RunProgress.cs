using System.Runtime.CompilerServices;
using Five9Functions.Runs;

namespace Five9Functions.LocalHost.App;

/// <summary>Watches a run from outside, as an operator would.</summary>
internal sealed class RunProgress(ImportRunTable runs, ImportSliceTable slices)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <summary>Completes with the finished run; tells how far it is on the way.</summary>
    public async Task<RunSummary> WhenFinishedAsync(ImportRun run, Action<RunSummary> progress, CancellationToken cancellationToken)
    {
        RunSummary? last = null;
        await foreach (var view in FollowAsync(run, cancellationToken))
        {
            last = view.Fold;
            progress(last);
        }

        return last!;
    }

    /// <summary>How the run stands, again and again until it is finished; that is the last one.</summary>
    public async IAsyncEnumerable<RunView> FollowAsync(ImportRun run, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            var stored = (await runs.FindAsync(run.Integration, run.Id, cancellationToken))!.Value.Value;
            yield return await ViewAsync(stored, cancellationToken);
            if (stored.FinishedAt is not null)
            {
                yield break;
            }

            await Task.Delay(Pause, cancellationToken);
        }
    }

    public async Task<RunView> ViewAsync(ImportRun run, CancellationToken cancellationToken) =>
        new(run, [.. (await slices.OfRunAsync(run.Integration, run.Id, cancellationToken)).Select(s => s.Value)]);
}

/// <summary>A run and its slices at one moment.</summary>
internal sealed record RunView(ImportRun Run, IReadOnlyList<ImportSlice> Slices)
{
    public RunSummary Fold { get; } = RunSummary.Of(Run, Slices);
}
