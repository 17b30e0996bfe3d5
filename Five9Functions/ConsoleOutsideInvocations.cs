using Microsoft.Extensions.Logging;

namespace Five9Functions;

/// <summary>
/// Writes warnings and errors of no invocation to the console, such as those of the start: the Functions host drops what the worker
/// sends of them, but it logs each line of the console, by the word in it as a warning or an error.
/// </summary>
internal sealed class ConsoleOutsideInvocations : ILoggerProvider, ISupportExternalScope
{
    /// <summary>The scope by which the worker knows the invocation of a line.</summary>
    public const string InvocationScope = "AzureFunctions_InvocationId";

    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    private bool IsInInvocation()
    {
        var found = new List<bool>();
        _scopes.ForEachScope((scope, all) => all.Add(Names(scope).Any(name => name.Key == InvocationScope)), found);
        return found.Contains(true);
    }

    private static IEnumerable<KeyValuePair<string, object>> Names(object? scope) => scope as IEnumerable<KeyValuePair<string, object>> ?? [];

    private sealed class Logger(ConsoleOutsideInvocations console, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is LogLevel.Warning or LogLevel.Error or LogLevel.Critical;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel) && !console.IsInInvocation())
            {
                // One line: the host logs each line by itself.
                var text = $"{(logLevel == LogLevel.Warning ? "warn" : "error")}: {category}: {formatter(state, exception)} {exception}";
                Console.Error.WriteLine(text.ReplaceLineEndings(" ").TrimEnd());
            }
        }
    }
}
