namespace Five9Functions.Tests.Support;

/// <summary>The guard that keeps the output of <c>dotnet test</c> to its result.</summary>
public sealed class NoConsoleTests
{
    [Test]
    public void WritingToStderr_FailsTheTest_AndSaysWhat()
    {
        Assert.That(() => Console.Error.WriteLine("Imported 3 rows"), Throws.InvalidOperationException.With.Message.EqualTo(Refusal("Imported 3 rows")));
        Assert.That(() => Console.Error.Write("half a line"), Throws.InvalidOperationException.With.Message.EqualTo(Refusal("half a line")));
        Assert.That(() => Console.Error.Write('x'), Throws.InvalidOperationException.With.Message.EqualTo(Refusal("x")));
        Assert.That(() => Console.Error.WriteLine(7), Throws.InvalidOperationException.With.Message.EqualTo(Refusal("7")));
        Assert.That(() => Console.Error.WriteLineAsync("later"), Throws.InvalidOperationException.With.Message.EqualTo(Refusal("later")));
    }

    private static string Refusal(string text) => $"A test wrote '{text}' to the console: give what it tests a writer of its own.";
}
