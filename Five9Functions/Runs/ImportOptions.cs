using Microsoft.Extensions.Options;

namespace Five9Functions.Runs;

/// <summary>
/// The configuration section <c>Imports</c>: limits and waits of the import itself. The defaults are what production uses;
/// a laptop or a test shortens the waits.
/// </summary>
public sealed class ImportOptions
{
    public const string Section = "Imports";

    /// <summary>Five9 cuts a CSV result at this many records without a word (guide, Feb 2026): as many means it was cut.</summary>
    public int RowCap { get; set; } = 50_000;

    /// <summary>How long after a state began its row is expected in the report.</summary>
    public TimeSpan Settle { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The first wait for a report; each further one is half as long again, up to <see cref="LongestPoll"/>.</summary>
    public TimeSpan FirstPoll { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestPoll { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long Five9 holds an answer while the report is running; whole seconds.</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>A report that is still running this long after it was asked for has failed.</summary>
    public TimeSpan ReportTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>The wait after a transient fault; doubled each time, up to <see cref="LongestRetry"/>.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The wait while another slice talks to Five9 as the same user.</summary>
    public TimeSpan UserBusy { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>How often a slice looks whether a rejected credential was replaced.</summary>
    public TimeSpan CredentialCheck { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Unfinished work that was due this long ago is sent again.</summary>
    public TimeSpan Watchdog { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How many integrations a tick, or a look at the health of all, is busy with at the same time.</summary>
    public int TickParallelism { get; set; } = 16;

    /// <summary>How many imports begin in a second after a tick: with thousands of integrations they are spread over the time until the next one.</summary>
    public int JobsPerSecond { get; set; } = 20;

    /// <summary>Local days that one backfill run takes on.</summary>
    public int BackfillDays { get; set; } = 31;

    /// <summary>
    /// Backfill asks for no report while less than this much of one of Five9's quotas of reports is left, whatever used the rest: what
    /// is left belongs to scheduled and manual imports.
    /// </summary>
    public int BackfillReservePercent { get; set; } = 30;
}

/// <summary>Refuses to start with settings that cannot work; the error names each key.</summary>
internal sealed class ValidateImports : IValidateOptions<ImportOptions>
{
    public ValidateOptionsResult Validate(string? name, ImportOptions options)
    {
        List<string> problems =
        [
            .. Between(nameof(options.RowCap), options.RowCap, 2, 1_000_000),
            .. Between(nameof(options.TickParallelism), options.TickParallelism, 1, 256),
            .. Between(nameof(options.JobsPerSecond), options.JobsPerSecond, 1, 10_000),
            .. Between(nameof(options.BackfillDays), options.BackfillDays, 1, 366),
            .. Between(nameof(options.BackfillReservePercent), options.BackfillReservePercent, 0, 99),
            .. NotNegative(nameof(options.Settle), options.Settle),
            .. NotNegative(nameof(options.FirstPoll), options.FirstPoll),
            .. NotNegative(nameof(options.LongestPoll), options.LongestPoll),
            .. NotNegative(nameof(options.LongPoll), options.LongPoll),
            .. NotNegative(nameof(options.ReportTimeout), options.ReportTimeout),
            .. NotNegative(nameof(options.FirstRetry), options.FirstRetry),
            .. NotNegative(nameof(options.LongestRetry), options.LongestRetry),
            .. NotNegative(nameof(options.UserBusy), options.UserBusy),
            .. NotNegative(nameof(options.CredentialCheck), options.CredentialCheck),
            .. NotNegative(nameof(options.Watchdog), options.Watchdog),
        ];
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> Between(string key, int value, int least, int most) =>
        value >= least && value <= most ? [] : [$"{ImportOptions.Section}:{key} is {value}; it must be between {least} and {most}."];

    private static IEnumerable<string> NotNegative(string key, TimeSpan value) =>
        value >= TimeSpan.Zero && value <= TimeSpan.FromDays(1) ? [] : [$"{ImportOptions.Section}:{key} is {value}; it must be between 00:00:00 and a day."];
}
