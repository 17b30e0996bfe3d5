namespace Five9Functions.Five9.Soap;

/// <summary>How much of one of Five9's limits the calling user has used. Windows are aligned to the calendar.</summary>
/// <param name="OperationType">ReportRequest (runReport), RetrieveReport (the download), Query (isReportRunning) and others.</param>
/// <param name="Window">A minute, an hour or a day.</param>
public sealed record CallCounter(string OperationType, TimeSpan Window, int Limit, int Used);
