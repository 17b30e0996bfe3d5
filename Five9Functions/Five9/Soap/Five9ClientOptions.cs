namespace Five9Functions.Five9.Soap;

/// <summary>The configuration section <c>Five9</c>: how its web services are called; nothing here is a secret.</summary>
public sealed class Five9ClientOptions
{
    public const string Section = "Five9";

    /// <summary>The version in the service's address: wsadmin/v13/AdminWebService.</summary>
    public string ApiVersion { get; set; } = "v13";

    /// <summary>The longest that a call may take; a report's download has a limit of its own.</summary>
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>The longest that a report's download may take, reading its rows included.</summary>
    public TimeSpan DownloadTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest silence in a download, before its first byte and between two: a dead connection is noticed before the download's end.</summary>
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>The version in the supervisor service's address: wssupervisor/v13/SupervisorWebService.</summary>
    public string SupervisorVersion { get; set; } = "v13";

    /// <summary>The longest that a call of the supervisor service may take, beyond the time for which Five9 holds its answer.</summary>
    public TimeSpan SupervisorTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>What versions from 12 on are asked besides: whether agents of the user's own skills alone. Empty for versions before, which do not know the question.</summary>
    public bool? ShowOnlyMySkills { get; set; } = false;

    /// <summary>Hosts besides Five9's own that an integration may name, each with its port and commas between them: five9.example.com:443.</summary>
    public string AllowedHosts { get; set; } = "";
}
