using Microsoft.Extensions.Logging;

namespace Five9Functions.Tests.Support;

/// <summary>What tests rely on: that a warning which they did not expect is seen, whichever provider it came through.</summary>
public sealed class TestLogTests
{
    private readonly TestLog _log = new();

    [SetUp]
    public void Log()
    {
        using var first = new LoggerFactory([_log.Provider()]);
        using var second = new LoggerFactory([_log.Provider()]);
#pragma warning disable CA1848, CA2254 // The text is what is tested.
        first.CreateLogger("a").LogInformation("begun");
        first.CreateLogger("a").LogWarning("slow");
        second.CreateLogger("b").LogError(new TimeoutException("no answer"), "failed");
#pragma warning restore CA1848, CA2254
    }

    [Test]
    public void Lines_AreThoseOfEachProvider_InOrder_WithTheirExceptions() =>
        Assert.That(_log.Lines, Is.EqualTo(new[] { "Information: begun", "Warning: slow", "Error: failed System.TimeoutException: no answer" }));

    [Test]
    public void Unexpected_AreWarningsAndErrors_UntilTheirTextIsExpected()
    {
        Assert.That(_log.Unexpected, Is.EqualTo(new[] { "Warning: slow", "Error: failed System.TimeoutException: no answer" }));

        _log.Expect("no answer");
        Assert.That(_log.Unexpected, Is.EqualTo(new[] { "Warning: slow" }));
    }

    [Test]
    public void Count_LooksIntoExceptionsToo() => Assert.That((_log.Count("no answer"), _log.Count("begun"), _log.Count("never")), Is.EqualTo((1, 1, 0)));

    [Test]
    public void TakeWarnings_TakesThemOnce_WithoutTheirExceptions()
    {
        Assert.That(_log.TakeWarnings(), Is.EqualTo(new[] { "Warning: slow", "Error: failed" }));
        Assert.That(_log.TakeWarnings(), Is.Empty);
    }
}
