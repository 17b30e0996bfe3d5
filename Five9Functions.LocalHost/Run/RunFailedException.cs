namespace Five9Functions.LocalHost.Run;

/// <summary>The command cannot go on. The message is the one line that the user gets.</summary>
internal sealed class RunFailedException(string message, Exception? inner = null) : Exception(message, inner);
