using Five9Functions.Runs;
namespace Five9Functions.Imports;

/// <summary>
/// Counts in a slice's row how often its step threw. How often the message was delivered does not say that: a delivery whose instance died
/// counts there too, and is no failure of the slice.
/// </summary>
public sealed class SliceThrows(ImportSliceTable slices)
{
    /// <summary>After as many the slice fails.</summary>
    public const int Max = 5;

    private const int Tries = 10;

    /// <param name="step">The step that threw; null for work that is sent for the row's step. A throw of an older step is not counted.</param>
    /// <returns>The row with the throw counted; null when there is no such slice any more, or it is finished.</returns>
    public async Task<ImportSlice?> CountAsync(string integration, string run, string slice, int? step, CancellationToken cancellationToken)
    {
        for (var i = 0; i < Tries; i++)
        {
            if (await slices.FindAsync(integration, run, slice, cancellationToken) is not { Value.Finished: false } stored)
            {
                return null;
            }

            if (step < stored.Value.Step)
            {
                return stored.Value;
            }

            var counted = stored.Value with { Throws = stored.Value.Throws + 1 };
            if (await slices.TryUpdateAsync(stored, counted, cancellationToken))
            {
                return counted;
            }
        }

        throw new InvalidOperationException($"The slice {slice} of {integration} changed {Tries} times while a failure of its step was counted; the message is delivered again.");
    }
}
