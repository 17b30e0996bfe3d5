namespace Five9Functions.Storage.Tables;

/// <summary>
/// What was to be written is larger than Table Storage takes, or mixes partitions. Trying again changes nothing. The message names
/// the table, the place and the limit, never a value.
/// </summary>
public sealed class TableLimitException(string message) : Exception(message);
