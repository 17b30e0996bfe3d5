using System.Globalization;
using System.Text.RegularExpressions;
using NodaTime;
using NodaTime.Extensions;

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

    private readonly Lock _lock = new();
    private readonly Quotas _quotas = Quotas.OfSupervisors(options.TimeProvider, options.Limits);
    private readonly AgentStateStatistics _statistics = new(options);
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

        return SupervisorAnswer.Nothing;
    }

    private WriteContent GetColumnNames(SoapRequest request)
    {
        RequireAgentStates(request);
        lock (_lock)
        {
            RequireSession();
        }

        return SupervisorAnswer.Of(writer => writer.Row(null, AgentStateStatistics.Columns));
    }

    private WriteContent GetStatistics(SoapRequest request)
    {
        RequireAgentStates(request);
        var columns = request.All("columnNames", "values", "data").Select(data => data.Arguments.Value.Trim()).ToList();
        if (columns.Find(column => !AgentStateStatistics.Columns.Contains(column, StringComparer.Ordinal)) is { } unknown)
        {
            throw SoapFault.Of("UnknownColumn", $"Unknown column {unknown}", ("columnName", unknown));
        }

        columns = columns.Count == 0 ? [.. AgentStateStatistics.Columns] : columns;
        lock (_lock)
        {
            var (session, agents) = (RequireSession(), _statistics.Agents());
            session.AskFor(columns);
            var timestamp = session.Tell(agents, Now);
            return SupervisorAnswer.Whole(columns, agents.Values.Select(agent => columns.Select(column => _statistics.Value(agent, column))), timestamp);
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
                return SupervisorAnswer.Nothing; // an empty answer: the timestamp before goes on serving
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
            var changes = LiveDifference.Of(before, _statistics.Agents(), agent => _statistics.Lasting(agent, session.Columns), options.UpdateBatch);
            if (changes.IsEmpty)
            {
                return null;
            }

            return SupervisorAnswer.Update(changes, previous, session.Tell(changes.After, Now));
        }
    }

    private WriteContent CloseSession()
    {
        lock (_lock)
        {
            _session = _session is { IsSomebodyElses: true } ? _session : null;
        }

        return SupervisorAnswer.Nothing;
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

    [GeneratedRegex(@"^/wssupervisor/v[0-9_]+/SupervisorWebService$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
