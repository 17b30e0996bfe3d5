using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>What is to become of the data of an integration that is removed.</summary>
public enum RemovedData
{
    /// <summary>It stays, for an integration of the same id.</summary>
    Keep,

    /// <summary>It is deleted.</summary>
    Delete,
}

/// <summary>An integration that was removed, for as long as something of it is left.</summary>
public sealed record RemovedIntegration
{
    public required string Id { get; init; }

    public required Instant RemovedAt { get; init; }

    public required RemovedData Data { get; init; }

    /// <summary>The days are cut in it.</summary>
    public required string Zone { get; init; }

    /// <summary>Part of the keys of its rows.</summary>
    public required int Buckets { get; init; }

    public required LocalDate HistoryStart { get; init; }

    /// <summary>Until then one invocation is deleting; null while none is.</summary>
    public Instant? BusyUntil { get; init; }

    /// <summary>Its secret is gone from the key vault, or is another integration's.</summary>
    public bool SecretGone { get; init; }

    /// <summary>Why the deletion does not come to its end; empty while it does.</summary>
    public string Problem { get; init; } = "";

    public static RemovedIntegration Of(Integration integration, RemovedData data, Instant now) => new()
    {
        Id = integration.Id,
        RemovedAt = now,
        Data = data,
        Zone = integration.Zone,
        Buckets = integration.Buckets,
        HistoryStart = integration.HistoryStart,
    };

    /// <summary>An integration of the same id that goes on with the data that was kept.</summary>
    /// <exception cref="RemovedIntegrationException">It cannot: the data is being deleted, or its days are those of another zone.</exception>
    public Integration TakeUp(Integration wanted)
    {
        if (Data == RemovedData.Delete)
        {
            throw new RemovedIntegrationException(
                isBeingDeleted: true,
                $"The integration {Id} was removed with its data, which is still being deleted: create it again in a quarter of an hour, or choose another id.{(Problem.Length > 0 ? $" {Problem}" : "")}");
        }

        return wanted.Zone == Zone
            ? wanted with { Buckets = Buckets, HistoryStart = LocalDate.Min(HistoryStart, wanted.HistoryStart) }
            : throw new RemovedIntegrationException(
                isBeingDeleted: false,
                $"The data of the removed integration {Id} was kept, and its days are those of the zone {Zone}: create it with that zone, or choose another id.");
    }
}

/// <summary>An integration cannot have an id because of what is left of a removed one.</summary>
public sealed class RemovedIntegrationException(bool isBeingDeleted, string message) : Exception(message)
{
    /// <summary>It passes. Else something has to be chosen otherwise.</summary>
    public bool IsBeingDeleted { get; } = isBeingDeleted;
}
