using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Tests.EndToEnd;

/// <summary>Everything that the app says, at every level. A warning or an error that the test did not expect fails it.</summary>
internal sealed class TestLog : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<(LogLevel Level, string Text)> _lines = new();
    private readonly List<string> _expected = [];

    public IEnumerable<string> Lines => _lines.Select(line => $"{line.Level}: {line.Text}");

    public IEnumerable<string> Unexpected => _lines
        .Where(line => line.Level >= LogLevel.Warning && !_expected.Any(part => line.Text.Contains(part, StringComparison.Ordinal)))
        .Select(line => $"{line.Level}: {line.Text}");

    /// <summary>Warnings and errors that hold this text are part of the test.</summary>
    public void Expect(string part) => _expected.Add(part);

    public int Count(string part) => _lines.Count(line => line.Text.Contains(part, StringComparison.Ordinal));

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _lines.Enqueue((logLevel, $"{formatter(state, exception)} {exception}".TrimEnd()));

    public void Dispose()
    {
    }
}
