using System.Text;

namespace Five9Functions.Tests;

/// <summary>
/// What reaches stderr stands between the results of <c>dotnet test</c>, and tests that run side by side share it. So a test gives a
/// command writers of its own, and fails if something writes to the process's stderr all the same.
/// </summary>
[SetUpFixture]
internal sealed class NoConsole
{
    private TextWriter _before = TextWriter.Null;

    [OneTimeSetUp]
    public void Refuse()
    {
        _before = Console.Error;
        Console.SetError(new RefusingWriter());
    }

    [OneTimeTearDown]
    public void Restore() => Console.SetError(_before);

    private sealed class RefusingWriter : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw Refusal($"{value}");

        public override void Write(char[] buffer, int index, int count) => throw Refusal(new string(buffer, index, count));

        public override void Write(string? value) => throw Refusal(value);

        public override void WriteLine(string? value) => throw Refusal(value);

        private static InvalidOperationException Refusal(string? text) =>
            new($"A test wrote '{text?.TrimEnd()}' to the console: give what it tests a writer of its own.");
    }
}
