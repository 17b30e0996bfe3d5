using Five9Functions.Runs;
namespace Five9Functions.Imports;

/// <summary>
/// How many days a tick may have derived again. None while those that an earlier tick asked for still wait: they would be asked for
/// twice. Of many integrations some message always waits there, of the imports of today; so one for each ten of them counts as none.
/// </summary>
/// <param name="integrations">How many there are.</param>
internal sealed class RederiveBudget(ImportQueues queues, int integrations, CancellationToken cancellationToken)
{
    private const int MaxOfATick = 1000;

    // Asked only when there is something to derive.
    private readonly Lazy<Task<int>> _waiting = new(() => queues.DaysToNormalizeAsync(cancellationToken));
    private int _taken;

    public async Task<bool> TakeAsync() =>
        await _waiting.Value <= integrations / 10 && Interlocked.Increment(ref _taken) <= MaxOfATick;
}
