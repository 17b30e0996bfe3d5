namespace Five9Functions.LocalHost.Files;

/// <summary>A person's file cannot be taken for a report; the message says why and what to do.</summary>
public sealed class ReportFileException(string message, Exception? inner = null) : IOException(message, inner);
