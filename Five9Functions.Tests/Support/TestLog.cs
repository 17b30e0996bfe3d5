using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Five9Functions.Tests.Support;

/// <summary>What an app logs. A warning or an error that the test did not expect fails it.</summary>
internal sealed class TestLog
{
    private readonly FakeLogCollector _collector = new();
    private readonly List<string> _expected = [];

    public IEnumerable<string> Lines => _collector.GetSnapshot().Select(Line);

    /// <summary>The warnings and errors that hold none of the expected texts.</summary>
    public IEnumerable<string> Unexpected => _collector.GetSnapshot()
        .Where(record => record.Level >= LogLevel.Warning && !_expected.Exists(part => Text(record).Contains(part, StringComparison.Ordinal)))
        .Select(Line);

    /// <summary>Several providers, such as those of an app that is started again, collect in the same log.</summary>
    public FakeLoggerProvider Provider() => new(_collector);

    /// <summary>Warnings and errors that hold this text are part of the test.</summary>
    public void Expect(string part) => _expected.Add(part);

    public int Count(string part) => _collector.GetSnapshot().Count(record => Text(record).Contains(part, StringComparison.Ordinal));

    /// <summary>The warnings and errors so far, without their exceptions; the log is empty afterwards.</summary>
    public string[] TakeWarnings() =>
        [.. _collector.GetSnapshot(clear: true).Where(record => record.Level >= LogLevel.Warning).Select(record => $"{record.Level}: {record.Message}")];

    private static string Line(FakeLogRecord record) => $"{record.Level}: {Text(record)}";

    private static string Text(FakeLogRecord record) => $"{record.Message} {record.Exception}".TrimEnd();
}
