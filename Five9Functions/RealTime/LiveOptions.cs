using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace Five9Functions.RealTime;

/// <summary>The configuration section <c>Live</c>: how Five9 is asked who is in which state now. The defaults are what production uses.</summary>
public sealed class LiveOptions
{
    public const string Section = "Live";

    /// <summary>The timer's setting, beside the section as the timer of imports is.</summary>
    public const string Schedule = "LiveSchedule";

    /// <summary>How far apart the ticks of <see cref="Schedule"/> are: after three of them without an answer nobody's state is known.</summary>
    public TimeSpan Interval { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long Five9 holds an answer while nothing changes; at least 5 seconds (Five9's guide).</summary>
    public TimeSpan LongPoll { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>While answers bring changes, a poll goes on at once, for as many calls.</summary>
    public int MostCalls { get; set; } = 4;

    /// <summary>After this long without a call Five9 ends the session: 1 to 30 minutes.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>A session that somebody else took over is taken back no more often.</summary>
    public TimeSpan TakeBack { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>What is asked of each agent, with commas between; what means nothing here is kept in the column Other.</summary>
    public string Columns { get; set; } = "Username,State,State Since,Reason Code,Call Type,Campaign Name";

    /// <summary>Calls that open a session or ask for all states (guide of 2015, which does not say whether both count as one kind: so they do here).</summary>
    public int OpeningsPerMinute { get; set; } = 2;

    /// <inheritdoc cref="OpeningsPerMinute"/>
    public int OpeningsPerHour { get; set; } = 15;

    /// <inheritdoc cref="OpeningsPerMinute"/>
    public int OpeningsPerDay { get; set; } = 240;

    /// <summary>Calls that ask for what changed (guide of 2015).</summary>
    public int UpdatesPerMinute { get; set; } = 30;

    /// <inheritdoc cref="UpdatesPerMinute"/>
    public int UpdatesPerHour { get; set; } = 1_200;

    /// <inheritdoc cref="UpdatesPerMinute"/>
    public int UpdatesPerDay { get; set; } = 24_000;

    internal CallLimits Openings => new(OpeningsPerMinute, OpeningsPerHour, OpeningsPerDay);

    internal CallLimits Updates => new(UpdatesPerMinute, UpdatesPerHour, UpdatesPerDay);

    internal IReadOnlyList<string> ColumnList => Columns.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Refuses to start with settings that cannot work; the error names each key.</summary>
internal sealed class ValidateLive(IConfiguration configuration) : IValidateOptions<LiveOptions>
{
    public ValidateOptionsResult Validate(string? name, LiveOptions options)
    {
        List<string> problems =
        [
            .. Between(nameof(options.Interval), options.Interval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
            .. Between(nameof(options.LongPoll), options.LongPoll, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1)),
            .. Between(nameof(options.MostCalls), options.MostCalls, 1, 100),
            .. Between(nameof(options.IdleTimeout), options.IdleTimeout, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(30)),
            .. Between(nameof(options.TakeBack), options.TakeBack, TimeSpan.FromMinutes(10), TimeSpan.FromDays(1)),
            .. Between(nameof(options.OpeningsPerMinute), options.OpeningsPerMinute, 2, 1_000_000),
            .. Between(nameof(options.OpeningsPerHour), options.OpeningsPerHour, 2, 1_000_000),
            .. Between(nameof(options.OpeningsPerDay), options.OpeningsPerDay, 2, 1_000_000),
            .. Between(nameof(options.UpdatesPerMinute), options.UpdatesPerMinute, 1, 1_000_000),
            .. Between(nameof(options.UpdatesPerHour), options.UpdatesPerHour, 1, 1_000_000),
            .. Between(nameof(options.UpdatesPerDay), options.UpdatesPerDay, 1, 1_000_000),
        ];
        if (!options.ColumnList.Contains("Username", StringComparer.OrdinalIgnoreCase) || !options.ColumnList.Contains("State", StringComparer.OrdinalIgnoreCase))
        {
            problems.Add($"{LiveOptions.Section}:{nameof(options.Columns)} must name Username and State at least, with commas between.");
        }

        // Only what can be told from the schedule: two settings that say two things would show a stale picture as fresh, or a fresh one as stale.
        if (Ticks(configuration[LiveOptions.Schedule]) is { } seconds && options.Interval != TimeSpan.FromSeconds(seconds))
        {
            problems.Add($"{LiveOptions.Section}:{nameof(options.Interval)} is {options.Interval}, but {LiveOptions.Schedule} '{configuration[LiveOptions.Schedule]}' ticks every {seconds} s: let both say the same.");
        }

        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    /// <summary>The seconds between the ticks of "*/15 * * * * *" or "0 */2 * * * *"; null for what is not so simple.</summary>
    private static int? Ticks(string? schedule) => schedule?.Split(' ', StringSplitOptions.RemoveEmptyEntries) switch
    {
        [['*', '/', .. var n], "*", "*", "*", "*", "*"] when int.TryParse(n, out var seconds) && seconds > 0 && 60 % seconds == 0 => seconds,
        ["0", "*", "*", "*", "*", "*"] => 60,
        ["0", ['*', '/', .. var n], "*", "*", "*", "*"] when int.TryParse(n, out var minutes) && minutes > 0 && 60 % minutes == 0 => minutes * 60,
        _ => null,
    };

    private static IEnumerable<string> Between<T>(string key, T value, T least, T most)
        where T : IComparable<T> =>
        value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0 ? [] : [$"{LiveOptions.Section}:{key} is {value}; it must be between {least} and {most}."];
}
