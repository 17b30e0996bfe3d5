using System.Text;

namespace Five9Functions.LocalHost.Files;

/// <summary>Files that are no text with separated values, whatever their name: each is refused by what it is, with what to do. By their first bytes.</summary>
internal static class ForeignFormat
{
    private const string SaveAsCsv = "open it in a spreadsheet program and save it as CSV (UTF-8), or export the report from Five9 again as CSV.";

    private static readonly (byte[] Start, string Sentence)[] Known =
    [
        ("PK"u8.ToArray(), ""),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], $"The file is an old Excel workbook (XLS): {SaveAsCsv}"),
        ([0x1F, 0x8B], "The file is compressed (gzip): unpack it, and give the CSV file that is in it."),
        ("%PDF-"u8.ToArray(), "The file is a PDF: export the report from Five9 again as CSV."),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "The file is an archive (7z): unpack it, and give the CSV file that is in it."),
        ("Rar!"u8.ToArray(), "The file is an archive (RAR): unpack it, and give the CSV file that is in it."),
        ("BZh"u8.ToArray(), "The file is compressed (bzip2): unpack it, and give the CSV file that is in it."),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], "The file is compressed (xz): unpack it, and give the CSV file that is in it."),
        (@"{\rtf"u8.ToArray(), "The file is a text document (RTF): export the report from Five9 again as CSV."),
    ];

    /// <exception cref="ReportFileException">It is one of them.</exception>
    public static void Refuse(ReadOnlySpan<byte> start)
    {
        foreach (var (magic, sentence) in Known)
        {
            if (start.StartsWith(magic))
            {
                Refuse(sentence.Length > 0 ? sentence : Zip(start));
            }
        }
    }

    /// <param name="text">Decoded: the beginning of the file as UTF-8.</param>
    /// <exception cref="ReportFileException">It is a page or another file with tags.</exception>
    public static void RefuseTags(ReadOnlySpan<byte> text)
    {
        var trimmed = Encoding.UTF8.GetString(text[..Math.Min(text.Length, 4096)]).AsSpan().TrimStart();
        if (trimmed is not ['<', ..])
        {
            return;
        }

        Refuse(trimmed.Contains("urn:schemas-microsoft-com:office:spreadsheet", StringComparison.OrdinalIgnoreCase)
            ? $"The file is an Excel workbook (XML): {SaveAsCsv}"
            : trimmed.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) && !trimmed.Contains("<html", StringComparison.OrdinalIgnoreCase)
            ? "The file is XML: export the report from Five9 again as CSV."
            : "The file is a web page (HTML), whatever its name: if it shows the report, open it in a spreadsheet program and save it as CSV (UTF-8); otherwise export the report from Five9 again as CSV.");
    }

    /// <summary>Workbooks are zip files too; the names of their parts stand as they are in the file.</summary>
    private static string Zip(ReadOnlySpan<byte> start) =>
        start.IndexOf("xl/"u8) >= 0 || start.IndexOf("[Content_Types].xml"u8) >= 0 ? $"The file is an Excel workbook (XLSX): {SaveAsCsv}"
        : start.IndexOf("opendocument.spreadsheet"u8) >= 0 ? $"The file is an OpenDocument spreadsheet (ODS): {SaveAsCsv}"
        : start.StartsWith("PK\u0003\u0004"u8) || start.StartsWith("PK\u0005\u0006"u8) || start.StartsWith("PK\u0007\u0008"u8)
            ? "The file is an archive (zip): unpack it, and give the CSV file that is in it."
        : "";

    private static void Refuse(string sentence)
    {
        if (sentence.Length > 0)
        {
            throw new ReportFileException(sentence);
        }
    }
}
