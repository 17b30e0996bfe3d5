namespace Five9Functions.LocalHost.Run;

/// <summary>What the default command was asked for.</summary>
internal sealed record RunRequest
{
    /// <summary>Holds the lock that lets one instance run, and the storage of a real domain.</summary>
    public required string Folder { get; init; }

    /// <summary>End after the first import.</summary>
    public bool Once { get; init; }

    /// <summary>Without the demo's integration: one is connected over HTTP.</summary>
    public bool Empty { get; init; }

    /// <summary>Show who is in which state now in place of the first import.</summary>
    public bool Live { get; init; }

    public StoragePorts Ports { get; init; } = new(null, null, null);

    public ApiPorts Api { get; init; } = new(null, null);

    /// <summary>If there is such a file, its integrations are imported; if not, the simulated contact centre is.</summary>
    public required string SettingsFile { get; init; }

    public DemoCentre Demo { get; init; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The simulated contact centre.</summary>
internal sealed record DemoCentre
{
    /// <summary>As they work in the demo.</summary>
    public int Agents { get; init; } = 50;

    /// <summary>The same seed gives the same states on the same days.</summary>
    public int Seed { get; init; } = 9;

    /// <summary>How long the simulator takes for a report.</summary>
    public TimeSpan ReportDuration { get; init; } = TimeSpan.FromSeconds(2);
}
