using Azure.Data.Tables;
using Five9Functions.Integrations;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Five9Functions.Time;
using NodaTime;

namespace Five9Functions.Normalization;

/// <summary>Makes tables of a report's raw days, a local day at a time.</summary>
public interface IDayProjection
{
    /// <summary>Whose days: one of <see cref="ReportNames"/>.</summary>
    string Report { get; }

    /// <summary>What the day would follow from now.</summary>
    /// <param name="without">Other days that are not looked at, because they cannot be read.</param>
    /// <exception cref="RawDayDamagedException">A raw day around it, or its own, cannot be read.</exception>
    Task<DayInputs> ReadInputsAsync(Integration integration, RawDayId id, LocalDay day, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null);

    /// <summary>The rules and settings that a day is derived by now; a day that was derived by others is derived again.</summary>
    (int Rules, string Settings) RulesOf(Integration integration);

    /// <summary>In how many parts a day's rows can be had: all of a large day need not be in memory.</summary>
    int PartsOf(Integration integration);

    /// <summary>The rows that tell what changed of a day, as they follow from its raw days. Nothing is written.</summary>
    /// <param name="id">It may name a run's copies.</param>
    /// <param name="parts">Of <see cref="PartsOf"/>.</param>
    Task<IReadOnlyList<TableEntity>> DeriveAsync(Integration integration, RawDayId id, LocalDay day, Range parts, CancellationToken cancellationToken);

    /// <summary>The same rows as they are stored.</summary>
    Task<IReadOnlyList<TableEntity>> StoredAsync(Integration integration, LocalDate date, Range parts, CancellationToken cancellationToken);

    /// <summary>Derives the day and writes what differs.</summary>
    /// <param name="raw">The day's own raw day.</param>
    /// <param name="compare">Read what is stored even where it follows from the same: <see cref="ProjectedContent.Compare"/>.</param>
    /// <returns>What to note of the day; null when a raw day changed on the way: begin again.</returns>
    /// <inheritdoc cref="ReadInputsAsync" path="/param|/exception"/>
    Task<ReportDay?> ProjectAsync(Integration integration, RawDayHeader raw, LocalDay day, bool compare, CancellationToken cancellationToken, IReadOnlySet<LocalDate>? without = null);
}
