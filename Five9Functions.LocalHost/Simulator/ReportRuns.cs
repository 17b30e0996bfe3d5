using System.Collections.Concurrent;
using NodaTime;
using NodaTime.Extensions;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The reports that were asked for. Their rows are made when they are fetched, as they were known when the report was run.</summary>
internal sealed class ReportRuns(SimulatorOptions options)
{
    // Five9 does not say how long it polls at most; nobody should hold a connection for longer.
    private static readonly TimeSpan LongestPoll = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<string, Run> _runs = new(StringComparer.Ordinal);

    /// <exception cref="SoapFaultException">There is no such report: folder and name are case-sensitive.</exception>
    public IReportSource Find(string folder, string report) => (folder, report) switch
    {
        _ when folder == options.AgentStatesFolder && report == options.AgentStatesReport => options.AgentStates,
        _ when folder == options.CallLogFolder && report == options.CallLogReport => options.CallLog,
        _ => null,
    }
        ?? throw SoapFault.Of("ReportNotFound", $"Report \"{report}\" is not found in folder \"{folder}\"", ("folder", folder), ("reportName", report));

    /// <summary>The id of a report that has just begun to run.</summary>
    /// <exception cref="SoapFaultException">The window is the wrong way round.</exception>
    public string Start(IReportSource source, Instant from, Instant to, ReportFilter? filter, bool neverFinishes)
    {
        if (to < from)
        {
            throw SoapFault.Of("IncorrectArgument", "Incorrect argument: criteria.time ends before it starts");
        }

        var now = options.TimeProvider.GetUtcNow();
        var id = Guid.NewGuid().ToString("N");
        var ready = neverFinishes ? DateTimeOffset.MaxValue : now + options.ReportDuration;
        _runs[id] = new Run(source, new Interval(from, to), filter, now.ToInstant(), ready, now + options.ReportLifetime);
        return id;
    }

    /// <summary>Whether it is still running, after waiting for its end for as long as the caller wants.</summary>
    public async Task<bool> IsRunningAsync(string id, TimeSpan wait, CancellationToken cancellationToken)
    {
        var run = Find(id);
        var until = options.TimeProvider.GetUtcNow() + (wait < LongestPoll ? wait : LongestPoll);
        while (true)
        {
            var now = options.TimeProvider.GetUtcNow();
            if (now >= run.Ready || now >= until)
            {
                return now < run.Ready;
            }

            // A timer may fire a little early: whole milliseconds upwards, then look again.
            var left = (run.Ready < until ? run.Ready : until) - now;
            await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), options.TimeProvider, cancellationToken);
        }
    }

    /// <summary>The report's header and rows, cut at the cap without a word, as Five9 does.</summary>
    /// <exception cref="SoapFaultException">The id is unknown, or the report is still running.</exception>
    public (ReadOnlyMemory<byte> Header, IEnumerable<ReadOnlyMemory<byte>> Rows) Result(string id, int cap)
    {
        var run = Find(id);
        if (options.TimeProvider.GetUtcNow() < run.Ready)
        {
            throw SoapFault.Of("ResultIsNotReady", "Result is not ready due to process is not complete");
        }

        var rows = run.Source.Records(run.Window, run.AsOf);
        rows = run.Filter is { } filter ? rows.Where(filter.Keeps) : rows;
        return (run.Source.Header, cap > 0 ? rows.Take(cap) : rows);
    }

    private Run Find(string id) => _runs.TryGetValue(id, out var run) && !(options.TimeProvider.GetUtcNow() >= run.Gone)
        ? run
        : throw SoapFault.Of("UnknownIdentifier", $"Unknown report identifier {id}");

    /// <param name="Gone">From when on nobody knows the id; null for never.</param>
    private sealed record Run(IReportSource Source, Interval Window, ReportFilter? Filter, Instant AsOf, DateTimeOffset Ready, DateTimeOffset? Gone);
}
