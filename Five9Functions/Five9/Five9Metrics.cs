using System.Diagnostics.Metrics;
using System.Globalization;
using Five9Functions.Five9.Soap;
using Five9Functions.Telemetry;

namespace Five9Functions.Five9;

/// <summary>What the app counts of its calls to Five9: docs/operations.md explains each instrument.</summary>
public sealed class Five9Metrics
{
    public const string Calls = "five9.calls";
    public const string CallDuration = "five9.call_duration";
    public const string QuotaLeft = "five9.quota_left";

    private readonly Counter<long> _calls;
    private readonly Histogram<double> _callDuration;
    private readonly Gauge<double> _quotaLeft;

    public Five9Metrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        _calls = meter.CreateCounter<long>(Calls, "{call}", "Calls to Five9, by operation and outcome.");
        _callDuration = meter.CreateHistogram<double>(CallDuration, "s", "How long calls to Five9 take, by operation.");
        _quotaLeft = meter.CreateGauge<double>(QuotaLeft, "%", "What is left of Five9's limits of a user, by operation type and interval.");
    }

    /// <param name="operation">Of Five9's API.</param>
    /// <param name="outcome">ok, or the code of what went wrong.</param>
    /// <param name="took">Until the answer was read.</param>
    public void Called(string operation, string outcome, TimeSpan took)
    {
        _calls.Add(1, new("operation", operation), new("outcome", outcome));
        _callDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("operation", operation));
    }

    public void Quota(string userName, IEnumerable<CallCounter> counters)
    {
        foreach (var counter in counters.Where(c => c.Limit > 0))
        {
            var left = Math.Max(0, 100.0 * (counter.Limit - counter.Used) / counter.Limit);
            _quotaLeft.Record(left, new("user", userName), new("operation", counter.OperationType), new("interval", Interval(counter.Window)));
        }
    }

    private static string Interval(TimeSpan window) => window.TotalSeconds switch
    {
        60 => "minute",
        3_600 => "hour",
        86_400 => "day",
        var seconds => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
    };
}
