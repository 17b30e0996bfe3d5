using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Imports;

/// <summary>Lands reports also in days whose raw day cannot be read: its blob is set aside, and the day begins anew.</summary>
public sealed partial class DamagedDays(RawDayStore rawDays, ReportDayTable reportDays, ILogger<DamagedDays> logger)
{
    /// <inheritdoc cref="RawDayStore.LandAsync(RawDayId, Landing, CancellationToken)"/>
    public async Task<LandingResult> LandAsync(RawDayId id, Landing landing, CancellationToken cancellationToken)
    {
        try
        {
            return await rawDays.LandAsync(id, landing, cancellationToken);
        }
        catch (RawDayDamagedException e)
        {
            // What the blob covered is read again, and until then what is stored of the day stays.
            var known = await reportDays.GetAsync(id with { CopyOf = null }, cancellationToken);
            var landed = await rawDays.LandAnewAsync(id, landing, [.. known.Value.EverRead], cancellationToken);
            Log.BegunAnew(logger, id.Date, id.Integration, id.Report, e.Message);
            return landed;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The raw day {Date:uuuu-MM-dd} of {Integration} ({Report}) was begun anew. {Reason}")]
        public static partial void BegunAnew(ILogger logger, NodaTime.LocalDate date, string integration, string report, string reason);
    }
}
