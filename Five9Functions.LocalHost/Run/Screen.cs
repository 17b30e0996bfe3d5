using Five9Functions.LocalHost.App;
using Five9Functions.LocalHost.Drawing;
using NodaTime;
using Spectre.Console;

namespace Five9Functions.LocalHost.Run;

/// <summary>Where output goes: a terminal with colours and bars that move, or plain lines for a file or a pipe.</summary>
internal sealed class Screen
{
    private const int MaxColumns = 100;
    private const int FactWidth = 10;
    private const int MaxRows = 100;
    private const int FewestRows = 8;

    private readonly Lock _lock = new();
    private readonly TextWriter _plain;
    private readonly TextWriter _errors;
    private readonly IAnsiConsole? _terminal;
    private readonly bool _errorsOnTerminal;

    private Screen(TextWriter plain, TextWriter errors, IAnsiConsole? terminal, bool errorsOnTerminal) =>
        (_plain, _errors, _terminal, _errorsOnTerminal) = (plain, errors, terminal, errorsOnTerminal);

    /// <summary>The columns that a drawing may use.</summary>
    public int Columns => _terminal is null ? MaxColumns : Math.Min(_terminal.Profile.Width, MaxColumns);

    /// <summary>The lines that fit on it.</summary>
    public int Rows => _terminal is null ? MaxRows : Math.Max(FewestRows, _terminal.Profile.Height - 1);

    public static Screen Plain(TextWriter output, TextWriter errors) => new(output, errors, null, false);

    public static Screen OfThisProcess()
    {
        if (OperatingSystem.IsWindows())
        {
            Console.OutputEncoding = System.Text.Encoding.UTF8; // bars are not in the code pages of old
        }

        var console = AnsiConsole.Console;
        var terminal = !Console.IsOutputRedirected && console.Profile.Capabilities is { Interactive: true, Ansi: true };
        return new Screen(Console.Out, Console.Error, terminal ? console : null, terminal && !Console.IsErrorRedirected);
    }

    public void Heading(string text) => Line(StyledLine.Heading(text));

    public void Fact(string what, string text) => Line($"  {what.PadRight(FactWidth)}{text}");

    public void Line(string text) => Line((StyledLine)text);

    public void Line(StyledLine line)
    {
        lock (_lock)
        {
            if (_terminal is null)
            {
                _plain.WriteLine(line.ToString());
                return;
            }

            _terminal.Write(Paragraph(line));
            _terminal.WriteLine();
        }
    }

    /// <summary>To stderr. On a terminal through the same console as the rest, or it would tear moving bars apart.</summary>
    public void Error(string text)
    {
        if (_errorsOnTerminal)
        {
            Line(new StyledLine(new Drawing.Span(text, Color.Red)));
            return;
        }

        lock (_lock)
        {
            _errors.WriteLine(text);
        }
    }

    /// <summary>Shows something that changes: drawn anew in place on a terminal, told line by line elsewhere.</summary>
    public Task DrawAsync(Func<Action<IReadOnlyList<StyledLine>>, Task> draw, Func<Action<string>, Task> tell) => _terminal is null
        ? tell(Line)
        : _terminal.Live(new Text("")).AutoClear(false).StartAsync(context => draw(lines =>
        {
            lock (_lock)
            {
                context.UpdateTarget(new Rows(lines.Select(Paragraph)));
            }
        }));

    /// <summary>Shows how a run goes on while <paramref name="follow"/> tells.</summary>
    public async Task<RunView> FollowAsync(DateTimeZone zone, Func<Action<RunView>, Task<RunView>> follow) => _terminal is null
        ? await follow(new PlainProgress(zone, TimeProvider.System, Line).Show)
        : await LiveProgress.On(_terminal).StartAsync(context => follow(new LiveProgress(zone, context).Show));

    private static Paragraph Paragraph(StyledLine line)
    {
        var paragraph = new Paragraph();
        foreach (var span in line.Spans.Count == 0 || line.Spans.All(span => span.Text.Length == 0) ? [new Drawing.Span(" ")] : line.Spans)
        {
            paragraph.Append(span.Text, span.Color is { } color ? new Style(color) : Style.Plain);
        }

        return paragraph;
    }
}
