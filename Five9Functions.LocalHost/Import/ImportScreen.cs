namespace Five9Functions.LocalHost.Import;

/// <summary>Where an import says what it does: lines of text, broken between words where a terminal is narrow. What follows a break stands under its line.</summary>
/// <param name="width">Columns of the terminal; null where lines stay whole: in a pipe or a file.</param>
internal sealed class ImportScreen(TextWriter output, int? width)
{
    private const int Narrowest = 20;
    private const int Indentation = 2;

    /// <param name="error">That of the command.</param>
    public static ImportScreen Of(TextWriter error) =>
        new(error, ReferenceEquals(error, Console.Error) && !Console.IsErrorRedirected && Console.WindowWidth is >= Narrowest and var width ? width : null);

    public void Write(string line)
    {
        foreach (var part in Parts(line))
        {
            output.WriteLine(part);
        }
    }

    private IEnumerable<string> Parts(string line)
    {
        if (width is not { } columns || line.Length < columns)
        {
            yield return line;
            yield break;
        }

        var indent = new string(' ', line.Length - line.TrimStart().Length + Indentation);
        var part = line[..(indent.Length - Indentation)];
        var isEmpty = true;
        foreach (var word in line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!isEmpty && part.Length + 1 + word.Length >= columns)
            {
                yield return part;
                (part, isEmpty) = (indent, true);
            }

            part += isEmpty ? word : $" {word}";
            isEmpty = false;
        }

        yield return part;
    }
}
