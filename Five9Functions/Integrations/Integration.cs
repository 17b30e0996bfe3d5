using Five9Functions.Five9;
using NodaTime;

namespace Five9Functions.Integrations;

/// <summary>One connected Five9 domain: where it is, who logs in, which reports are read and how far back.</summary>
public sealed record Integration
{
    /// <summary>A slug: lower-case letters, digits and hyphens.</summary>
    public required string Id { get; init; }

    /// <summary>What people call it; unique.</summary>
    public required string Name { get; init; }

    /// <summary>The base address of the data centre.</summary>
    public required Uri Host { get; init; }

    /// <summary>Who logs in. The secret names the user too, and must agree: what users share is found by this name without asking the vault.</summary>
    public required string UserName { get; init; }

    /// <summary>The secret in the key vault; integrations of one user can share one.</summary>
    public required string SecretName { get; init; }

    /// <summary>The IANA zone that Five9 writes the rows in: undocumented, so a setting.</summary>
    public required string Zone { get; init; }

    public required string AgentStateFolder { get; init; }

    public required string AgentStateReport { get; init; }

    /// <summary>How often the recent past is read, at least 10 minutes.</summary>
    public required Duration Schedule { get; init; }

    /// <summary>How much more than a slice Five9 is asked for on either side of it.</summary>
    public required Duration Padding { get; init; }

    /// <summary>The first local date that is imported.</summary>
    public required LocalDate HistoryStart { get; init; }

    /// <summary>An empty result over a window that held this many rows is not believed at once.</summary>
    public required int SuspiciousRows { get; init; }

    /// <summary>Partitions of a day's timelines; fixed when the integration is created, because it is part of every key.</summary>
    public required int Buckets { get; init; }

    public bool KeepCustomerData { get; init; }

    public bool Paused { get; init; }

    /// <exception cref="Five9MisconfiguredException">There is no such zone: the settings are checked at the start, but not the stored row.</exception>
    public DateTimeZone DateTimeZone => DateTimeZoneProviders.Tzdb.GetZoneOrNull(Zone) ?? throw new Five9MisconfiguredException(
        SliceProblem.ZoneUnknown, $"The zone '{Zone}' of {Id} is not an IANA time zone such as America/Los_Angeles: correct Integrations:{Id}:Zone.");
}
