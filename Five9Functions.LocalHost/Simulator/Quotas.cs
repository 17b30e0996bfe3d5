namespace Five9Functions.LocalHost.Simulator;

/// <summary>A counter as getCallCountersState tells it.</summary>
internal readonly record struct QuotaState(int Seconds, string OperationType, int Limit, int Used);

/// <summary>
/// Five9's limits of calls in a minute, an hour and a day, whose windows are aligned to the calendar (of UTC).
/// Numbers: Five9's guide of February 2026.
/// </summary>
internal sealed class Quotas
{
    public const string ReportRequest = "ReportRequest";
    public const string RetrieveReport = "RetrieveReport";
    public const string Query = "Query";
    public const string QueryStatistics = "QueryStatistics";
    public const string QueryChangedStatistics = "QueryChangedStatistics";

    private const int Minute = 60;
    private const int Hour = 60 * Minute;
    private const int Day = 24 * Hour;

    private readonly Lock _lock = new();
    private readonly TimeProvider _clock;
    private readonly bool _enforced;
    private readonly Counter[] _counters;

    public Quotas(TimeProvider clock, bool enforced)
        : this(
            clock,
            enforced,
            [
                new(Minute, ReportRequest, 16), new(Minute, RetrieveReport, 20), new(Minute, Query, 450),
                new(Hour, ReportRequest, 120), new(Hour, RetrieveReport, 200), new(Hour, Query, 15_000),
                new(Day, ReportRequest, 800), new(Day, RetrieveReport, 1_000), new(Day, Query, 172_800),
            ])
    {
    }

    private Quotas(TimeProvider clock, bool enforced, Counter[] counters) => (_clock, _enforced, _counters) = (clock, enforced, counters);

    /// <summary>Those of the supervisor service (guide of 2015): sessions and all states, and what changed.</summary>
    public static Quotas OfSupervisors(TimeProvider clock, bool enforced) => new(
        clock,
        enforced,
        [
            new(Minute, QueryStatistics, 2), new(Minute, QueryChangedStatistics, 30),
            new(Hour, QueryStatistics, 15), new(Hour, QueryChangedStatistics, 1_200),
            new(Day, QueryStatistics, 240), new(Day, QueryChangedStatistics, 24_000),
        ]);

    /// <summary>Counts a call, or refuses it (and then counts nothing).</summary>
    /// <exception cref="SoapFaultException">A window's limit is used up.</exception>
    public void Use(string operationType)
    {
        lock (_lock)
        {
            Turn();
            var mine = _counters.Where(c => c.OperationType == operationType).ToList();
            if (_enforced && mine.Find(c => c.Used >= c.Limit) is { } full)
            {
                throw SoapFault.Of(
                    "OperationsLimitExceeded",
                    $"Limit of {full.Limit} {operationType} operations in {full.Seconds} seconds exceeded",
                    ("limit", full.Limit.ToString(System.Globalization.CultureInfo.InvariantCulture)),
                    ("operationType", operationType));
            }

            mine.ForEach(c => c.Used++);
        }
    }

    public IReadOnlyList<QuotaState> States()
    {
        lock (_lock)
        {
            Turn();
            return [.. _counters.Select(c => new QuotaState(c.Seconds, c.OperationType, c.Limit, c.Used))];
        }
    }

    private void Turn()
    {
        var now = _clock.GetUtcNow().ToUnixTimeSeconds();
        foreach (var counter in _counters)
        {
            var window = now / counter.Seconds;
            if (window != counter.Window)
            {
                counter.Window = window;
                counter.Used = 0;
            }
        }
    }

    private sealed class Counter(int seconds, string operationType, int limit)
    {
        public int Seconds { get; } = seconds;

        public string OperationType { get; } = operationType;

        public int Limit { get; } = limit;

        public long Window { get; set; }

        public int Used { get; set; }
    }
}
