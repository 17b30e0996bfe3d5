using System.Text;
using Five9Functions.Problems;
using Five9Functions.RealTime;
using Microsoft.AspNetCore.Http;
using NodaTime.Text;

namespace Five9Functions.Api;

/// <summary>How far a picture can be believed, beside CSV of it: a table without agents is a header alone and has no line to say it in.</summary>
internal static class FeedHeaders
{
    private const string Feed = "Five9-Feed";
    private const string AsOf = "Five9-As-Of";
    private const string Reason = "Five9-Reason";

    // Proxies refuse headers of many kilobytes, and each byte can become three.
    private const int MaxReason = 1_000;

    public static void Set(IHeaderDictionary headers, LiveSnapshot picture)
    {
        headers[Feed] = picture.Feed.Code();
        if (picture.AsOf is { } asOf)
        {
            headers[AsOf] = InstantPattern.ExtendedIso.Format(asOf);
        }

        if (picture.Reason is { } reason)
        {
            headers[Reason] = Line(reason.Length <= MaxReason ? reason : $"{reason[..MaxReason]}...");
        }
    }

    /// <summary>A header is a line of ASCII, but a reason can quote whatever Five9 said: all else, and the percent sign, is percent-encoded UTF-8.</summary>
    private static string Line(string text)
    {
        var line = new StringBuilder();
        foreach (var part in Encoding.UTF8.GetBytes(text))
        {
            _ = part is >= (byte)' ' and <= (byte)'~' and not (byte)'%' ? line.Append((char)part) : line.Append('%').Append(Convert.ToHexString([part]));
        }

        return line.ToString();
    }
}
