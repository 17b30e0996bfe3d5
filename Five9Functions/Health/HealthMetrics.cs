using System.Diagnostics.Metrics;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Telemetry;
using NodaTime;

namespace Five9Functions.Health;

/// <summary>What an operator is alarmed by, as it was when it was last looked at: docs/operations.md.</summary>
public sealed class HealthMetrics
{
    public const string State = "integration.state";
    public const string NewestDataAge = "integration.newest_data_age";
    public const string CredentialRejected = "credential.rejected";
    public const string CredentialDaysLeft = "credential.days_left";
    public const string QueueAge = "queue.age";
    public const string PoisonMessages = "queue.poison_messages";

    private readonly Gauge<int> _state;
    private readonly Gauge<double> _newestDataAge;
    private readonly Gauge<int> _credentialRejected;
    private readonly Gauge<int> _credentialDaysLeft;
    private readonly Gauge<double> _queueAge;
    private readonly Gauge<int> _poisonMessages;

    public HealthMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(Traces.Name);
        _state = meter.CreateGauge<int>(State, "{integration}", "1 with the state of the integration: ok, paused, late, incomplete or failing.");
        _newestDataAge = meter.CreateGauge<double>(NewestDataAge, "s", "How old the newest instant is up to which a report of an integration is read and derived.");
        _credentialRejected = meter.CreateGauge<int>(CredentialRejected, "{credential}", "1 while Five9 rejects the integration's password.");
        _credentialDaysLeft = meter.CreateGauge<int>(CredentialDaysLeft, "d", "Whole days until the integration's password expires.");
        _queueAge = meter.CreateGauge<double>(QueueAge, "s", "For how long the oldest message of a queue has been there, among those that can be taken now.");
        _poisonMessages = meter.CreateGauge<int>(PoisonMessages, "{message}", "Messages in a poison queue.");
    }

    public void Integration(IntegrationHealth health, Instant now)
    {
        var integration = new KeyValuePair<string, object?>("integration", health.Id);
        _state.Record(1, integration, new("state", health.Status.Code()));
        _credentialRejected.Record(health.CredentialRejected ? 1 : 0, integration);
        if (health.Credential is { } expiry)
        {
            _credentialDaysLeft.Record(expiry.ExpiresInDays, integration);
        }

        foreach (var report in health.Reports.Where(report => report.CoveredTo is not null))
        {
            _newestDataAge.Record((now - report.CoveredTo!.Value).TotalSeconds, integration, new("report", report.Report));
        }
    }

    /// <param name="oldest">Null for an empty queue.</param>
    public void Queue(string name, TimeSpan? oldest, int poison)
    {
        _queueAge.Record((oldest ?? TimeSpan.Zero).TotalSeconds, new KeyValuePair<string, object?>("queue", name));
        _poisonMessages.Record(poison, new KeyValuePair<string, object?>("queue", $"{name}{StorageLayout.Poison}"));
    }
}
