using NodaTime;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>Where the rows of a simulated report come from. Records are CSV as UTF-8, quotes and all, without the line break that ends them.</summary>
public interface IReportSource
{
    /// <summary>The header record; empty when there is not even that.</summary>
    ReadOnlyMemory<byte> Header { get; }

    /// <summary>The records that start in the half-open window, one by one. The bytes of one are valid until the next is asked for.</summary>
    /// <param name="window">UTC, bounded.</param>
    /// <param name="asOf">When the report was run: nothing later is known yet.</param>
    IEnumerable<ReadOnlyMemory<byte>> Records(Interval window, Instant asOf);
}
