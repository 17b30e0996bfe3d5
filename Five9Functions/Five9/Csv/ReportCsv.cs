using System.Text;
using CsvHelper;
using Five9Functions.Five9.Reports;
using Five9Functions.Five9.Soap;
using Five9Functions.Problems;

namespace Five9Functions.Five9.Csv;

/// <summary>
/// Reads any report of Five9's as it arrives. Strict: nothing broken is accepted and nothing is lost; a record that cannot be read
/// is quarantined and the next one is read. A quote that is never closed ends at the next row (<see cref="RecordAssembly"/>).
/// </summary>
internal static class ReportCsv
{
    /// <exception cref="Five9MisconfiguredException">
    /// The header is not one of this report, a record is longer than any row can be, or no start can be read without the order of day and month.
    /// </exception>
    /// <exception cref="ReportCutException">The report holds <paramref name="rowCap"/> records.</exception>
    public static async Task<ReportContent> ReadAsync(
        TextReader csv,
        ReportLayout layout,
        ReportWindow window,
        int rowCap,
        bool keepCustomerData,
        CancellationToken cancellationToken)
    {
        var intake = new ReportIntake(window, rowCap);
        ReportHeader? header = null;
        RemarkCollector remarks;
        await using var records = new RecordStream(new Utf8Stream(csv), line => IsRow(line, layout, window), Unclosed);
        using var reader = CsvReader.Create(records, Options(Malformed));
        try
        {
            await reader.ReadHeaderAsync(cancellationToken);
            if (reader.Headers.Count == 0)
            {
                return intake.ToContent() with { LacksHeader = true }; // Five9 gives an empty report as a header alone, or as nothing
            }

            header = ReportHeader.Read(reader.Headers, layout, keepCustomerData);
            var read = layout.Reader(header.Columns, window);
            remarks = layout.Remarks(header.Columns);
            var dropped = layout.TellsLookAlikesApart && header.HidesCustomerData ? new DroppedFields(header) : null;
            while (await reader.ReadAsync(cancellationToken))
            {
                var line = records.LineOf(reader.LineNumber);
                var values = Array.ConvertAll(header.Fields, reader.GetString);
                var record = read(values);
                if (record is { Defect: null, Start: { } start })
                {
                    var row = new ReportRow(record.Key, start, record.End, header.Columns, values);
                    if (intake.Add(row, garbled: reader.RawRecord.IndexOf("\uFFFD"u8) >= 0, dropped?.Of(reader)))
                    {
                        remarks.Add(row);
                    }
                }
                else
                {
                    intake.Quarantine(record.Start, line, record.Defect!, Raw(reader, header));
                    if (record.Start is { } own && window.Wanted.Contains(own))
                    {
                        remarks.AddWords(values);
                    }
                }
            }
        }
        catch (RecordTooLongException e)
        {
            throw new Five9MisconfiguredException(
                ImportProblem.RecordTooLong, $"Line {e.Line} of the {layout.Report} begins a record of over {RecordAssembly.MaxRecordSize / 1024 / 1024} MiB; a quote is probably never closed. Find and correct the name that holds it in Five9.", e);
        }

        records.End();
        intake.RequireDateOrder(layout.Report);
        var content = intake.ToContent();
        return content with { Columns = header.Columns, Remarks = remarks.ToRemarks(content.Rows) };

        void Malformed(CsvMalformedRecord record)
        {
            if (header is null)
            {
                throw new Five9MisconfiguredException(ImportProblem.HeaderUnreadable, $"The header of the {layout.Report} cannot be read: {Reason(record.Reason)}. Correct the columns of the report in Five9.");
            }

            Broken(records.LineOf(record.LineNumber), record.Reason, record.RawRecord);
        }

        void Unclosed(UnclosedRecord record) => Broken(record.Line, CsvMalformedReason.UnterminatedQuote, Encoding.UTF8.GetString(record.Raw.Span));

        // Each of its lines may have been a row.
        void Broken(int line, CsvMalformedReason reason, string raw)
        {
            var lines = raw.Replace("\r\n", "\n", StringComparison.Ordinal).AsSpan().CountAny('\r', '\n') + 1;
            intake.Quarantine(null, line, new RowDefect(Reason(reason) + (lines > 1 ? $"; it takes {lines} lines" : "")), header!.HidesCustomerData ? "" : raw, lines);
        }
    }

    /// <summary>A line counts as a row when it has the fields of the header and its start can be read; it may be a bad row otherwise.</summary>
    private static bool IsRow(ReadOnlyMemory<byte> headerAndLine, ReportLayout layout, ReportWindow window)
    {
        var malformed = false;
        using var reader = CsvReader.Create(headerAndLine, Options(_ => malformed = true));
        if (reader.Headers.Count == 0 || malformed || !reader.Read() || malformed)
        {
            return false;
        }

        var header = ReportHeader.Read(reader.Headers, layout, keepCustomerData: true);
        return layout.Reader(header.Columns, window)(Array.ConvertAll(header.Fields, reader.GetString)).Start is not null;
    }

    private static CsvReaderOptions Options(Action<CsvMalformedRecord> malformed) => new()
    {
        Separator = ',', // else it is guessed
        DetectSeparatorHint = false,
        MalformedData = CsvMalformedDataHandling.Skip, // each is told to the callback, in its place: Throw would end the report
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        MissingField = CsvMissingFieldHandling.Throw,
        OnMalformedRecord = malformed,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        PoolStrings = true,
    };

    private static string Reason(CsvMalformedReason reason) => reason switch
    {
        CsvMalformedReason.FieldCountMismatch => "the number of fields is not that of the header",
        CsvMalformedReason.StrayQuote => "a quote inside a field without quotes",
        CsvMalformedReason.TextAfterClosingQuote => "text after a closing quote",
        CsvMalformedReason.UnterminatedQuote => "a quote that is never closed",
        _ => "not well-formed CSV",
    };

    /// <summary>The record as it stands there; fields of customers that are not kept are empty.</summary>
    private static string Raw(CsvReader reader, ReportHeader header)
    {
        var raw = Encoding.UTF8.GetString(reader.RawRecord);
        if (!header.HidesCustomerData)
        {
            return raw;
        }

        // The record is well-formed, so a comma separates fields exactly where the quotes before it are even in number.
        var kept = new StringBuilder(raw.Length);
        var (field, quoted) = (0, false);
        foreach (var c in raw)
        {
            quoted ^= c == '"';
            var separates = c == ',' && !quoted;
            field += separates ? 1 : 0;
            if (separates || !header.Blanked[field])
            {
                kept.Append(c);
            }
        }

        return kept.ToString();
    }
}
