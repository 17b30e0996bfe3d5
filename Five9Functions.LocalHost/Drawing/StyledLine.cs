using Spectre.Console;

namespace Five9Functions.LocalHost.Drawing;

/// <summary>A piece of a line. The colour is for terminals; without it nothing is lost.</summary>
internal readonly record struct Span(string Text, Color? Color = null);

/// <summary>A line of output.</summary>
internal sealed class StyledLine(params IReadOnlyList<Span> spans)
{
    public IReadOnlyList<Span> Spans { get; } = spans;

    public static implicit operator StyledLine(string text) => new(new Span(text));

    public static StyledLine Heading(string text) => new(new Span(text, Color.Aqua));

    public override string ToString() => string.Concat(Spans.Select(s => s.Text)).TrimEnd();
}
