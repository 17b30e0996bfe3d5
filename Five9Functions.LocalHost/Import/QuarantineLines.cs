using System.Text;
using Five9Functions.Five9.Reports;

namespace Five9Functions.LocalHost.Import;

/// <summary>
/// Finds quarantined rows in the person's file by their text: a slice knows the line in the report that it read, not in the file.
/// Rows of the same text have the same reason, so it does not matter which is which.
/// </summary>
internal static class QuarantineLines
{
    public static IReadOnlyList<QuarantinedLine> Find(ImportedFile file, IReadOnlyList<QuarantinedRow> rows)
    {
        var wanted = rows.GroupBy(r => AsReceived(r.Raw)).ToDictionary(g => g.Key, g => new Queue<string>(g.Select(r => r.Reason)));
        var found = new List<QuarantinedLine>();
        foreach (var (line, raw) in rows.Count > 0 ? file.File.Records() : [])
        {
            if (wanted.TryGetValue(AsReceived(raw), out var reasons) && reasons.TryDequeue(out var reason))
            {
                found.Add(new QuarantinedLine(file.Name, file.Source.LineOf(line), reason, raw));
            }
        }

        // Never lost: a row whose text changed on the way is told without its place.
        found.AddRange(rows.GroupBy(r => AsReceived(r.Raw)).SelectMany(g => wanted[g.Key].Select(reason => new QuarantinedLine(file.Name, 0, reason, g.Key))));
        return found;
    }

    // XML has no way to write some characters, so they do not arrive as they stand in the file.
    private static string AsReceived(string raw)
    {
        var text = new StringBuilder(raw.Length);
        foreach (var c in raw.TrimEnd('\r', '\n'))
        {
            text.Append(System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD');
        }

        return text.ToString();
    }
}
