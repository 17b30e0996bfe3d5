namespace Five9Functions.Storage.Tables;

/// <summary>A table refuses so many rows of one partition that no single row can be to blame.</summary>
public sealed class RowsRefusedException(string message) : Exception(message);
