namespace Five9Functions.LocalHost.Import;

/// <summary>Where the lines of the large files wait until they can be written; null for those of a report that was not given.</summary>
internal sealed class ImportSpools : IDisposable
{
    private const int QueueAndStart = 2;

    /// <exception cref="IOException">The folder cannot be written to, or another import is writing to it.</exception>
    public ImportSpools(ImportRequest request)
    {
        Clean = new CleanFiles(request.Output);
        try
        {
            Segments = request.AgentStates is null ? null : new SegmentSpool(request.Output);
            Intervals = request.CallLog is null ? null : new SortedSpool(request.Output, ImportFiles.QueueIntervals, QueueAndStart);
            Calls = request.CallLog is null ? null : new CallSpool(request.Output);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The clean texts of the files.</summary>
    public CleanFiles Clean { get; }

    public SegmentSpool? Segments { get; }

    /// <summary>Lines of queue-intervals.csv, by queue, then start.</summary>
    public SortedSpool? Intervals { get; }

    public CallSpool? Calls { get; }

    public void Dispose()
    {
        Clean.Dispose();
        Segments?.Dispose();
        Intervals?.Dispose();
        Calls?.Dispose();
    }
}
