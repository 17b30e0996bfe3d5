using Microsoft.Extensions.Logging;

namespace Five9Functions.LocalHost.Run;

/// <summary>What the app warns about, one line each: when, how bad, who, what. Errors without their stack traces, other people's libraries only when they fail.</summary>
internal sealed class ReadableLog(TimeProvider time, Action<string> write) : ILoggerProvider
{
    private const string Ours = "Five9Functions.";

    public static Action<ILoggingBuilder> To(TimeProvider time, Action<string> write) => logging => logging
        .ClearProviders()
        .SetMinimumLevel(LogLevel.Warning)
        .AddProvider(new ReadableLog(time, write));

    public ILogger CreateLogger(string categoryName) =>
        new Category(categoryName[(categoryName.LastIndexOf('.') + 1)..], categoryName.StartsWith(Ours, StringComparison.Ordinal) ? LogLevel.Warning : LogLevel.Error, time, write);

    public void Dispose()
    {
    }

    private sealed class Category(string name, LogLevel least, TimeProvider time, Action<string> write) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= least && logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                var cause = exception is null ? "" : $" {exception.GetType().Name}: {OneLine.Of(exception)}";
                write($"{time.GetLocalNow():HH:mm:ss} {(logLevel == LogLevel.Warning ? "warning" : "error")} {name}: {formatter(state, null)}{cause}");
            }
        }
    }
}
