using CsvHelper;

namespace Five9Functions.LocalHost.Files;

/// <summary>How files and the simulator read CSV. The header is a record like the others, because it is passed on as it stands.</summary>
internal static class CsvDialect
{
    /// <summary>One record by itself, broken or not.</summary>
    public static CsvReaderOptions Lenient { get; } = new()
    {
        Separator = ',',
        DetectSeparatorHint = false,
        HasHeader = false,
    };

    /// <summary>A file: nothing broken is taken for a record, and each broken one is reported, in order.</summary>
    /// <param name="separator">ASCII.</param>
    public static CsvReaderOptions Strict(Action<CsvMalformedRecord> onMalformedRecord, byte separator = (byte)',') => Lenient with
    {
        Separator = (char)separator,
        FieldCountMismatch = CsvFieldCountHandling.Skip,
        IncludeValuesInExceptions = false,
        MalformedData = CsvMalformedDataHandling.Skip,
        OnMalformedRecord = onMalformedRecord,
        TrackLineNumbers = true,
    };
}
