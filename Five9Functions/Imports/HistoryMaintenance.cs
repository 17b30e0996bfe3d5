using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Five9Functions.Integrations;
using Five9Functions.Normalization;
using Five9Functions.Problems;
using Five9Functions.Retention;
using Five9Functions.Runs;
using Five9Functions.Storage;
using Five9Functions.Time;
using Five9Functions.Users;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Five9Functions.Imports;

/// <summary>
/// The part of the tick that looks through all that is held of an integration: a backfill job where history is missing; jobs for days
/// that were derived by other rules than those of now; one for what is too old. It reads years of ledgers, so once nothing is left to
/// do it looks again when the integration's local day ends, or when a setting or a rule changes.
/// </summary>
public sealed partial class HistoryMaintenance(
    PlannableReports free,
    RunOpening opening,
    ReportLedgers ledgers,
    Watchdog watchdog,
    DeletionScheduler deletions,
    Five9UserTable users,
    ImportQueues queues,
    IEnumerable<IDayProjection> projections,
    IOptions<ImportOptions> options,
    ILogger<HistoryMaintenance> logger)
{
    // Of a report and tick: a changed setting concerns every day of the history, and the imports of today come first.
    private const int MaxOutdated = 50;

    /// <summary>About how many are looked through in a tick: five hundred ledgers of three years are a million rows.</summary>
    public int AtATick { get; set; } = 500;

    /// <param name="user">The row of its Five9 user; null when there is none.</param>
    public bool IsDue(Integration integration, Five9User? user, Instant now) => user?.TicksOf(integration.Id).HistoryDone != AsOf(integration, now);

    /// <summary>About how many a tick looks through though they are not due: somebody may have deleted a row, or a day may have failed.</summary>
    public int Anyway { get; set; } = 20;

    /// <summary>Whether this tick takes one of those that are due. Where there are many, as when a local day ends, each tick takes others, by chance and not by their order.</summary>
    /// <param name="due">How many there are.</param>
    public bool IsItsTurn(Integration integration, int due, Instant now) => IsAmong(AtATick, integration, due, now);

    /// <summary>Whether this tick takes one that is not due.</summary>
    /// <param name="all">About how many integrations there are.</param>
    public bool IsTakenAnyway(Integration integration, int all, Instant now) => Anyway > 0 && IsAmong(Anyway, integration, all, now);

    /// <exception cref="AggregateException">Something could not be looked through; the rest was.</exception>
    /// <param name="run">The backfill run that is opened if there is need for one; its reports are chosen here.</param>
    internal async Task LookThroughAsync(Integration integration, ImportRun run, Instant now, RederiveBudget room, CancellationToken cancellationToken)
    {
        // A run that cannot be read must keep no day from being deleted or imported.
        var (failures, listed, kept) = (new FailureCollector(cancellationToken), false, false);
        await failures.TryAsync("runs in no list", async () => listed = await watchdog.AdoptUnregisteredRunsAsync(integration, cancellationToken));
        await failures.TryAsync("deletion", async () => kept = !await deletions.EnqueueExpiredAsync(integration, cancellationToken));
        var done = listed && kept;
        var missing = new List<string>();
        foreach (var report in integration.Paused ? [] : ReportDefinition.Of(integration))
        {
            var input = await ledgers.ReadAsync(integration, report, RetentionRules.HistoryStart(integration, now), now, cancellationToken);
            await DeriveAgainAsync(integration, report, input.Outdated, room, cancellationToken);
            if (Planner.Backfill(input, options.Value.BackfillDays).Count > 0)
            {
                missing.Add(report.Name);
            }

            // What is under way may fail yet.
            done = done && input.Outdated.Count == 0 && Planner.Backfill(input with { UnderWay = [] }, options.Value.BackfillDays).Count == 0;
        }

        if (missing.Count > 0)
        {
            await BackfillAsync(integration, run, missing, cancellationToken);
        }

        var (user, asOf) = (await users.GetOrAddAsync(integration, cancellationToken), done ? AsOf(integration, now) : "");
        if (user.Value.TicksOf(integration.Id).HistoryDone != asOf)
        {
            await users.UpdateAsync(user.Value.Key, u => u.WithTicks(integration.Id, u.TicksOf(integration.Id) with { HistoryDone = asOf }), cancellationToken, user);
        }

        failures.ThrowIfAnyFailed("Not all of its history could be looked through; the next tick tries again.");
    }

    private async Task BackfillAsync(Integration integration, ImportRun run, IReadOnlyList<string> missing, CancellationToken cancellationToken)
    {
        var user = await users.GetOrAddAsync(integration, cancellationToken);
        var reports = missing.Intersect(await free.FindAsync(integration, RunKind.Backfill, user.Value, cancellationToken)).ToList();
        if (reports.Count > 0 && await opening.OpenAsync(integration, run.OfReports(integration, reports), cancellationToken, user))
        {
            Log.Backfill(logger, integration.Id, run.Id);
        }
    }

    // Nobody waits for them, and one that is lost is sent at the next tick: the day says by what it was derived.
    private async Task DeriveAgainAsync(Integration integration, ReportDefinition report, IReadOnlyList<LocalDate> outdated, RederiveBudget room, CancellationToken cancellationToken)
    {
        var sent = 0;
        foreach (var date in outdated.Take(MaxOutdated))
        {
            if (!await room.TakeAsync())
            {
                break;
            }

            await queues.SendAsync(new NormalizeJob(integration.Id, report.Name, TableColumns.Text(date), "", ""), cancellationToken);
            sent++;
        }

        if (sent > 0)
        {
            Log.DerivedAgain(logger, integration.Id, report.Derived, outdated.Count);
        }
    }

    private static bool IsAmong(int some, Integration integration, int all, Instant now) =>
        BinaryPrimitives.ReadUInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{now} {integration.Id}"))) % (Math.Max(0, all - 1) / some + 1) == 0;

    // Every setting counts: which of them history depends on, nobody has to know here.
    internal string AsOf(Integration integration, Instant now)
    {
        var rules = projections.OrderBy(p => p.Report, StringComparer.Ordinal).Select(p => (p.Report, p.RulesOf(integration)).ToString());
        var settings = IntegrationRow.Write(integration).OrderBy(column => column.Key, StringComparer.Ordinal).Select(column => string.Create(CultureInfo.InvariantCulture, $"{column.Key}={column.Value}"));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', [.. rules, .. settings])));
        return $"{TableColumns.Text(LocalDay.Of(now, integration.DateTimeZone).Date)} {Convert.ToHexStringLower(hash)[..16]}";
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Backfill run {Run} of {Integration} is asked for.")]
        public static partial void Backfill(ILogger logger, string integration, string run);

        [LoggerMessage(2, LogLevel.Information, "The {What} of {Days} days of {Integration} follow from other rules or settings than those of now; they are derived again, the newest first.")]
        public static partial void DerivedAgain(ILogger logger, string integration, string what, int days);
    }
}
