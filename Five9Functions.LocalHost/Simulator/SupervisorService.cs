using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Extensions;
using NodaTime.Text;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The operations of Five9's supervisor web service that tell agents' states. One session for the user, which anybody can take.</summary>
internal sealed partial class SupervisorService(SimulatorOptions options) : ISoapService
{
    private const long ShortestPoll = 5_000;

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private static readonly Dictionary<string, string?> Operations = new(StringComparer.Ordinal)
    {
        ["setSessionParameters"] = Quotas.QueryStatistics,
        ["getStatistics"] = Quotas.QueryStatistics,
        ["getStatisticsUpdate"] = Quotas.QueryChangedStatistics,
        ["getColumnNames"] = null,
        ["closeSession"] = null,
    };

    private static readonly string[] Columns =
    [
        "Username", "Full Name", "State", "State Since", "State Duration", "Reason Code", "Reason Since", "Reason Duration", "Call Type", "Campaign Name", "Media Availability",
    ];

    // They are other ones each second, and no change for that.
    private static readonly string[] Lengths = ["State Duration", "Reason Duration"];

    private static readonly LocalDateTimePattern Text = LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd' 'HH':'mm':'ss");

    private readonly Lock _lock = new();
    private readonly Quotas _quotas = Quotas.OfSupervisors(options.TimeProvider, options.Limits);
    private readonly ILiveSource? _source = options.Live ?? (options.AgentStates is GeneratedAgentStates generated ? new GeneratedLive(generated) : null);
    private SupervisorSession? _session;

    public static IEnumerable<string> Names => Operations.Keys;

    public string Namespace => "http://service.supervisor.ws.five9.com/";

    public IEnumerable<string> OperationNames => Names;

    private Instant Now => options.TimeProvider.GetCurrentInstant();

    public bool IsAt(string path) => Address().IsMatch(path);

    public string Wsdl(string address) => Simulator.Wsdl.Supervisor(address);

    /// <summary>Somebody else logs in as the user: from then on the session is his.</summary>
    public void TakeOver()
    {
        lock (_lock)
        {
            _session = new SupervisorSession { IsSomebodyElses = true, Idle = null, LastCall = Now };
        }
    }

    /// <summary>Whatever session there is is forgotten, as when Five9 starts a server anew.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _session = null;
        }
    }

    public async Task<WriteContent> InvokeAsync(SoapRequest request, bool neverFinishes, CancellationToken cancellationToken)
    {
        if (Operations[request.Operation] is { } quota)
        {
            _quotas.Use(quota);
        }

        return request.Operation switch
        {
            "setSessionParameters" => SetSessionParameters(request),
            "getColumnNames" => GetColumnNames(request),
            "getStatistics" => GetStatistics(request),
            "getStatisticsUpdate" => await GetStatisticsUpdateAsync(request, cancellationToken),
            "closeSession" => CloseSession(),
            _ => throw new InvalidOperationException($"Operation {request.Operation} is listed but not made."),
        };
    }

    private WriteContent SetSessionParameters(SoapRequest request)
    {
        var idle = Number(request, "viewSettings", "idleTimeOut") ?? 1_800;
        if (idle is < 60 or > 1_800)
        {
            throw SoapFault.Of("IncorrectArgument", "Incorrect argument: idleTimeOut must be between 60 and 1800 seconds");
        }

        lock (_lock)
        {
            if (_session is { IsSomebodyElses: true } && request.Text("viewSettings", "forceLogoutSession") is not ("true" or "1"))
            {
                throw SoapFault.Of("UserAlreadyLoggedIn", $"User {options.UserName} is logged in already");
            }

            _session = new SupervisorSession { Idle = Duration.FromSeconds(idle), LastCall = Now };
        }

        return Nothing;
    }

    private WriteContent GetColumnNames(SoapRequest request)
    {
        RequireAgentStates(request);
        lock (_lock)
        {
            RequireSession();
        }

        return Return(writer => WriteRow(writer, null, Columns));
    }

    private WriteContent GetStatistics(SoapRequest request)
    {
        RequireAgentStates(request);
        var columns = request.All("columnNames", "values", "data").Select(data => data.Arguments.Value.Trim()).ToList();
        if (columns.Find(column => !Columns.Contains(column, StringComparer.Ordinal)) is { } unknown)
        {
            throw SoapFault.Of("UnknownColumn", $"Unknown column {unknown}", ("columnName", unknown));
        }

        columns = columns.Count == 0 ? [.. Columns] : columns;
        lock (_lock)
        {
            var (session, agents) = (RequireSession(), Agents());
            session.AskFor(columns);
            var timestamp = session.Tell(agents, Now);
            return Return(writer =>
            {
                WriteRow(writer, "columns", columns);
                foreach (var agent in agents.Values)
                {
                    WriteRow(writer, "rows", columns.Select(column => Value(agent, column)));
                }

                writer.Element("timestamp", Number(timestamp));
                writer.Element("type", "AgentState");
            });
        }
    }

    private async Task<WriteContent> GetStatisticsUpdateAsync(SoapRequest request, CancellationToken cancellationToken)
    {
        RequireAgentStates(request);
        var previous = Number(request, "previousTimestamp") ?? throw SoapFault.Of("MissedArgument", "Missed argument: previousTimestamp");
        var wait = Number(request, "longPollingTimeout") ?? 0;
        if (wait < ShortestPoll)
        {
            throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: longPollingTimeout must be at least {ShortestPoll} ms");
        }

        var until = Now + (options.HoldsUpdates ? Duration.FromMilliseconds(wait) : Duration.Zero);
        while (true)
        {
            if (Changes(previous) is { } changes)
            {
                return changes;
            }

            if (Now >= until)
            {
                return Nothing; // an empty answer: the timestamp before goes on serving
            }

            await Task.Delay(Look, options.TimeProvider, cancellationToken);
        }
    }

    /// <summary>Null while there are none.</summary>
    private WriteContent? Changes(long previous)
    {
        lock (_lock)
        {
            var session = RequireSession();
            if (!session.WasTold)
            {
                throw SoapFault.Of("StatisticsNotRequested", "Statistics AgentState were not requested in this session");
            }

            var before = session.ToldAt(previous) ?? throw SoapFault.Of("UnknownTimestamp", $"Unknown timestamp {previous}");
            var changes = LiveDifference.Of(before, Agents(), agent => session.Columns.Except(Lengths).Select(column => (column, Value(agent, column))), options.UpdateBatch);
            if (changes.IsEmpty)
            {
                return null;
            }

            var timestamp = session.Tell(changes.After, Now);
            return Return(writer =>
            {
                WriteRow(writer, "addedObjects", changes.Added);
                foreach (var (agent, column, value) in changes.Values)
                {
                    writer.Open("dataUpdate");
                    writer.Element("columnName", column);
                    writer.Element("columnValue", value);
                    writer.Element("objectName", agent);
                    writer.Close("dataUpdate");
                }

                WriteRow(writer, "deletedObjects", changes.Deleted);
                writer.Element("lastTimestamp", Number(timestamp));
                writer.Element("previousTimestamp", Number(previous));
                writer.Element("type", "AgentState");
            });
        }
    }

    private WriteContent CloseSession()
    {
        lock (_lock)
        {
            _session = _session is { IsSomebodyElses: true } ? _session : null;
        }

        return Nothing;
    }

    private SupervisorSession RequireSession()
    {
        var (session, now) = (_session, Now);
        if (session is null || session.IsOver(now))
        {
            throw SoapFault.Of("SessionNotInitialized", "Session parameters are not set");
        }

        if (session.IsSomebodyElses)
        {
            throw SoapFault.Of("SessionClosed", $"Session was closed: user {options.UserName} logged in elsewhere");
        }

        session.LastCall = now;
        return session;
    }

    private SortedDictionary<string, LiveRow> Agents() => new((_source?.At(Now) ?? []).ToDictionary(agent => agent.Agent, StringComparer.Ordinal), StringComparer.Ordinal);

    private string Value(LiveRow agent, string column) => column switch
    {
        "Username" => agent.Agent,
        "Full Name" => agent.FullName,
        "State" => agent.State,
        "State Since" => Time(agent.Since),
        "Reason Code" => agent.Reason,
        "Reason Since" => agent.Reason.Length > 0 ? Time(agent.Since) : "",
        "State Duration" => Number((long)(Now - agent.Since).TotalMilliseconds),
        "Reason Duration" => agent.Reason.Length > 0 ? Number((long)(Now - agent.Since).TotalMilliseconds) : "",
        "Call Type" => agent.CallType,
        "Campaign Name" => agent.Campaign,
        _ => "",
    };

    private string Time(Instant since) => options.LiveTimesAsText ? Text.Format(since.InZone(options.Zone).LocalDateTime) : Number(since.ToUnixTimeMilliseconds());

    private static void RequireAgentStates(SoapRequest request)
    {
        if (request.Required("statisticType") is var type and not "AgentState")
        {
            throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: the simulator has no statistics {type}");
        }
    }

    private static long? Number(SoapRequest request, params string[] path) => request.Text(path) is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: {string.Join('.', path)} is no number");

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static WriteContent Nothing => (_, _) => Task.CompletedTask;

    private static WriteContent Return(Action<SoapWriter> write) => (writer, _) =>
    {
        writer.Open("return");
        write(writer);
        writer.Close("return");
        return Task.CompletedTask;
    };

    /// <param name="name">Null: the values alone.</param>
    private static void WriteRow(SoapWriter writer, string? name, IEnumerable<string> values)
    {
        if (name is not null)
        {
            writer.Open(name);
        }

        writer.Open("values");
        foreach (var value in values)
        {
            if (value.Length > 0)
            {
                writer.Element("data", value);
            }
            else
            {
                writer.Nil("data");
            }
        }

        writer.Close("values");
        if (name is not null)
        {
            writer.Close(name);
        }
    }

    [GeneratedRegex(@"^/wssupervisor/v[0-9_]+/SupervisorWebService$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
