using System.Text.RegularExpressions;
using Azure;

namespace Five9Functions.LocalHost.Run;

/// <summary>An error as one line for a person.</summary>
internal static partial class OneLine
{
    private const int MaxLength = 600;

    public static string Of(Exception exception) => exception switch
    {
        // The SDK's message goes on with status, headers and content.
        RequestFailedException failed => Shorten(failed.Message.Split('\n')[0]),
        AggregateException { InnerExceptions: [.., var last] } => Of(last),
        _ => Shorten(exception.Message),
    };

    private static string Shorten(string text)
    {
        var line = Blanks().Replace(text, " ").Trim();
        return line.Length <= MaxLength ? line : $"{line[..MaxLength]}...";
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
