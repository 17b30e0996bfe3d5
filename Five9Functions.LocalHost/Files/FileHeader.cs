namespace Five9Functions.LocalHost.Files;

/// <summary>A line of a file, for a person to recognize it.</summary>
/// <param name="Number">The first of the file is 1.</param>
internal sealed record FileLine(int Number, string Text)
{
    public override string ToString() => $"line {Number} '{Text}'";
}

/// <summary>Where the header of a file is, and what stands before it.</summary>
/// <param name="Separator">What stands between the fields; ASCII.</param>
/// <param name="Line">Where it begins; the first line of the file is 1.</param>
/// <param name="Offset">Where it begins: bytes of the decoded file.</param>
/// <param name="Columns">Its fields as they stand there.</param>
/// <param name="PassedOver">Lines before it that hold anything.</param>
internal sealed record FileHeader(byte Separator, int Line, int Offset, IReadOnlyList<string> Columns, IReadOnlyList<FileLine> PassedOver)
{
    /// <summary>For people.</summary>
    public string SeparatorName => SeparatorSymbol switch
    {
        ',' => "commas",
        ';' => "semicolons",
        '\t' => "tabs",
        var other => $"'{other}'",
    };

    private char SeparatorSymbol => (char)Separator;
}
