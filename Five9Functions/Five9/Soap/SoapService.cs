namespace Five9Functions.Five9.Soap;

/// <summary>One of Five9's web services.</summary>
/// <param name="Prefix">What its namespace is called in requests.</param>
/// <param name="Path">Below the data centre's address.</param>
/// <param name="Roles">What its user needs, for a person.</param>
/// <param name="VersionSetting">Which setting has the version in its address.</param>
internal sealed record SoapService(string Prefix, string Namespace, string Path, string Roles, string VersionSetting)
{
    private const string SupervisorNamespace = "http://service.supervisor.ws.five9.com/";

    /// <summary>Whether calls need a session that was set up before, and that somebody else can take.</summary>
    public bool HasSessions => Namespace == SupervisorNamespace;

    public static SoapService Admin(string version) => new(
        "admin", "http://service.admin.ws.five9.com/", $"wsadmin/{version}/AdminWebService", "the roles ADMIN and REPORTING", $"{Five9ClientOptions.Section}:{nameof(Five9ClientOptions.ApiVersion)}");

    public static SoapService Supervisor(string version) => new(
        "supervisor", SupervisorNamespace, $"wssupervisor/{version}/SupervisorWebService", "the role Supervisor", $"{Five9ClientOptions.Section}:{nameof(Five9ClientOptions.SupervisorVersion)}");
}
