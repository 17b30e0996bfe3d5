namespace Five9Functions.LocalHost.Vault;

/// <summary>A secret with all its versions, the newest last. Classes, not records, so that nothing ever prints a value.</summary>
internal sealed class HeldSecret
{
    public required string Name { get; init; }

    public List<HeldVersion> Versions { get; init; } = [];

    /// <summary>Unix seconds; set while it is deleted but can be recovered.</summary>
    public long? Deleted { get; set; }
}

/// <summary>One version; its times are Unix seconds, as the REST interface has them.</summary>
internal sealed class HeldVersion
{
    public required string Id { get; init; }

    public required string Value { get; init; }

    public string? ContentType { get; set; }

    public bool Enabled { get; set; } = true;

    public long? NotBefore { get; set; }

    public long? Expires { get; set; }

    public long Created { get; init; }

    public long Updated { get; set; }

    public Dictionary<string, string> Tags { get; set; } = [];
}
