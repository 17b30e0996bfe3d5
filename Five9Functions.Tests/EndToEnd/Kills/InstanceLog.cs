using Microsoft.Extensions.Logging;

namespace Five9Functions.Tests.EndToEnd.Kills;

/// <summary>What an instance says while it lives.</summary>
internal sealed class InstanceLog(TestLog log, InstanceLife life) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => !life.IsOver;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            log.Log(logLevel, eventId, state, exception, formatter);
        }
    }

    public void Dispose()
    {
    }
}
