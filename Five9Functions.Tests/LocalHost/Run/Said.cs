using System.Text;

namespace Five9Functions.Tests.LocalHost.Run;

/// <summary>What a command printed so far, and a way to wait until it prints something.</summary>
internal sealed class Said : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _text = new();
    private readonly List<(string Text, TaskCompletionSource Said)> _awaited = [];

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(value.ToString());

    public override void Write(string? value)
    {
        lock (_lock)
        {
            _text.Append(value);
            _awaited.RemoveAll(a => _text.ToString().Contains(a.Text, StringComparison.Ordinal) && a.Said.TrySetResult());
        }
    }

    public override void WriteLine(string? value) => Write($"{value}\n");

    public Task WhenAsync(string text)
    {
        lock (_lock)
        {
            var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_text.ToString().Contains(text, StringComparison.Ordinal))
            {
                said.SetResult();
            }
            else
            {
                _awaited.Add((text, said));
            }

            return said.Task;
        }
    }

    /// <summary>The text between two others, on one line.</summary>
    public string Between(string before, string after)
    {
        var text = ToString();
        var from = text.IndexOf(before, StringComparison.Ordinal) + before.Length;
        return text[from..text.IndexOf(after, from, StringComparison.Ordinal)];
    }

    public override string ToString()
    {
        lock (_lock)
        {
            return _text.ToString();
        }
    }
}
