namespace Five9Functions.Storage.RawDays;

/// <summary>
/// Another landing (or retention) changed the raw day while it was read, or again and again while this one was to be landed.
/// Transient: begin again with reading its header.
/// </summary>
public sealed class RawDayChangedException(RawDayId id, Exception? inner = null)
    : Exception($"The raw day {id.Integration}/{id.Report}/{id.Date:uuuu-MM-dd} was changed by another writer meanwhile: begin again.", inner)
{
    private const int Tries = 5;

    /// <summary>Reads raw days, and begins again when one was changed on the way: its new version is the one to read.</summary>
    /// <exception cref="RawDayChangedException">It was changed five times in a row.</exception>
    internal static async Task<T> BeginAgainAsync<T>(Func<Task<T>> read)
    {
        for (var i = 1; ; i++)
        {
            try
            {
                return await read();
            }
            catch (RawDayChangedException) when (i < Tries)
            {
                // A landing came between.
            }
        }
    }
}
