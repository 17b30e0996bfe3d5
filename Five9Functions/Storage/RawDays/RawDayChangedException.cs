namespace Five9Functions.Storage;

/// <summary>
/// Another landing (or retention) changed the raw day while it was read, or again and again while this one was to be landed.
/// Transient: begin again with reading its header.
/// </summary>
public sealed class RawDayChangedException(RawDayId id, Exception? inner = null)
    : Exception($"The raw day {id.Integration}/{id.Report}/{id.Date:uuuu-MM-dd} was changed by another writer meanwhile: begin again.", inner);
