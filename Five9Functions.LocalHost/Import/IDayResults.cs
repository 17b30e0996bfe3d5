using Five9Functions.Storage;

namespace Five9Functions.LocalHost.Import;

/// <summary>Where what was derived of a report's days lies, and where it goes from there.</summary>
internal interface IDayResults
{
    /// <summary>One of <see cref="ReportNames"/>.</summary>
    string Report { get; }

    /// <summary>What is derived, for a message: timelines.</summary>
    string Derived { get; }

    /// <summary>Takes a day, which no later report can change, to its files. Days come in order.</summary>
    /// <returns>False when it is not there.</returns>
    Task<bool> ReadAsync(ReportDay day, CancellationToken cancellationToken);

    /// <summary>Empties the tables.</summary>
    Task EmptyAsync(CancellationToken cancellationToken);
}
