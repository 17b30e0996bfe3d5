using System.Globalization;
using System.Text.RegularExpressions;

namespace Five9Functions.LocalHost.Simulator;

/// <summary>The operations of Five9's admin web service, one method each; the order of elements is the WSDL's.</summary>
internal sealed partial class AdminService(SimulatorOptions options, SimulatedDomain domain, SimulatedAccount account) : ISoapService
{
    // getReportResult is cut far lower than the CSV, and says as little about it.
    private const int RecordCap = 5_000;

    private static readonly TimeSpan PatternTimeout = TimeSpan.FromSeconds(1);

    private readonly Quotas _quotas = new(options.TimeProvider, options.Limits);
    private readonly ReportRuns _reports = new(options);

    /// <summary>Every operation, and the kind of quota that it counts to; null for those that count to none.</summary>
    public static IReadOnlyDictionary<string, string?> Operations { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["getUsersGeneralInfo"] = Quotas.Query,
        ["getReportResult"] = Quotas.RetrieveReport,
        ["getReportResultCsv"] = Quotas.RetrieveReport,
        ["runReport"] = Quotas.ReportRequest,
        ["getApiVersions"] = Quotas.Query,
        ["getVCCConfiguration"] = Quotas.Query,
        ["getCampaigns"] = Quotas.Query,
        ["getSkills"] = Quotas.Query,
        ["isReportRunning"] = Quotas.Query,
        ["modifyUser"] = Quotas.Query,
        ["closeSession"] = null,
        ["getCallCountersState"] = null,
    };

    public string Namespace => SoapWriter.AdminNamespace;

    public IEnumerable<string> OperationNames => Operations.Keys;

    public bool IsAt(string path) => Address().IsMatch(path);

    public string Wsdl(string address) => Simulator.Wsdl.Admin(address);

    public async Task<WriteContent> InvokeAsync(SoapRequest request, bool neverFinishes, CancellationToken cancellationToken)
    {
        if (Operations[request.Operation] is { } quota)
        {
            _quotas.Use(quota);
        }

        return request.Operation switch
        {
            "runReport" => RunReport(request, neverFinishes),
            "isReportRunning" => await IsReportRunningAsync(request, cancellationToken),
            "getReportResultCsv" => GetReportResultCsv(request),
            "getReportResult" => GetReportResult(request),
            "getCallCountersState" => Now(WriteCounters),
            "getCampaigns" => GetCampaigns(request),
            "getSkills" => GetSkills(request),
            "getUsersGeneralInfo" => GetUsers(request),
            "getVCCConfiguration" => Now(writer => SimulatedDomain.WriteConfiguration(writer, options.PasswordPolicy)),
            "modifyUser" => ModifyUser(request),
            "getApiVersions" => Return(writer =>
            {
                writer.Element("maxVersion", "v13");
                writer.Element("minVersion", "v2");
            }),
            "closeSession" => Now(_ => { }),
            _ => throw new InvalidOperationException($"Operation {request.Operation} is listed but not made."),
        };
    }

    private WriteContent RunReport(SoapRequest request, bool neverFinishes)
    {
        var source = _reports.Find(request.Required("folderName"), request.Required("reportName"));
        var start = request.RequiredInstant(options.Zone, "criteria", "time", "start");
        var end = request.RequiredInstant(options.Zone, "criteria", "time", "end");
        var id = _reports.Start(source, start, end, ReportFilter.Of(request, source.Header), neverFinishes);
        return Now(writer => writer.Element("return", id));
    }

    private async Task<WriteContent> IsReportRunningAsync(SoapRequest request, CancellationToken cancellationToken)
    {
        var seconds = request.Text("timeout") is not { } text ? 0
            : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var given) ? Math.Clamp(given, 0, int.MaxValue)
            : throw SoapFault.Of("IncorrectArgument", "Incorrect argument: timeout is not a number of seconds");
        var running = await _reports.IsRunningAsync(request.Required("identifier"), TimeSpan.FromSeconds(seconds), cancellationToken);
        return Now(writer => writer.Element("return", running ? "true" : "false"));
    }

    private WriteContent GetReportResultCsv(SoapRequest request)
    {
        var (header, rows) = _reports.Result(request.Required("identifier"), options.RowCap);
        return ReportAnswer.Csv(header, rows);
    }

    private WriteContent GetReportResult(SoapRequest request)
    {
        var (header, rows) = _reports.Result(request.Required("identifier"), options.RowCap is 0 ? 0 : Math.Min(options.RowCap, RecordCap));
        return ReportAnswer.Records(header, rows);
    }

    private void WriteCounters(SoapWriter writer)
    {
        foreach (var window in _quotas.States().GroupBy(s => s.Seconds))
        {
            writer.Open("return");
            foreach (var state in window)
            {
                writer.Open("callCounterStates");
                writer.Element("limit", state.Limit.ToString(CultureInfo.InvariantCulture));
                writer.Element("operationType", state.OperationType);
                writer.Element("value", state.Used.ToString(CultureInfo.InvariantCulture));
                writer.Close("callCounterStates");
            }

            writer.Element("timeout", window.Key.ToString(CultureInfo.InvariantCulture));
            writer.Close("return");
        }
    }

    private WriteContent GetCampaigns(SoapRequest request)
    {
        var matches = Pattern(request, "campaignNamePattern");
        var type = request.Text("campaignType");
        if (type is not (null or "OUTBOUND" or "AUTODIAL" or "INBOUND"))
        {
            throw SoapFault.Of("IncorrectArgument", $"Incorrect argument: campaignType {type} is none of OUTBOUND, AUTODIAL, INBOUND");
        }

        return Each(domain.Campaigns.Where(c => matches(c.Name) && (type is null || c.Type == type)), (writer, campaign) => campaign.WriteTo(writer));
    }

    private WriteContent GetSkills(SoapRequest request)
    {
        var matches = Pattern(request, "skillNamePattern");
        return Each(domain.Skills.Where(s => matches(s.Name)), (writer, skill) => skill.WriteTo(writer));
    }

    private WriteContent GetUsers(SoapRequest request)
    {
        var matches = Pattern(request, "userNamePattern");
        return Each(domain.Users.Where(u => matches(u.UserName)), (writer, user) => user.WriteTo(writer));
    }

    // Of a user only the password can be changed here, and only that of the user who calls.
    private WriteContent ModifyUser(SoapRequest request)
    {
        var name = request.Required("userGeneralInfo", "userName");
        if (!options.MayModifyUsers)
        {
            throw SoapFault.Of("AccessDisallowed", "The user has no permission to modify users");
        }

        if (!name.Equals(options.UserName, StringComparison.OrdinalIgnoreCase))
        {
            throw SoapFault.Of("UserNotFound", $"User {name} not found", ("userName", name));
        }

        if (request.Text("userGeneralInfo", "password") is { } password)
        {
            account.ChangePassword(password);
        }

        return Return(writer =>
        {
            writer.Open("generalInfo");
            writer.Element("active", "true");
            writer.Element("userName", options.UserName);
            writer.Close("generalInfo");
        });
    }

    /// <summary>A regular expression for the whole name; none given matches every name.</summary>
    private static Func<string, bool> Pattern(SoapRequest request, string argument)
    {
        var pattern = request.Text(argument) ?? ".*";
        try
        {
            return new Regex($"^(?:{pattern})$", RegexOptions.CultureInvariant, PatternTimeout).IsMatch;
        }
        catch (ArgumentException)
        {
            throw SoapFault.Of("InvalidRegexpPattern", $"Invalid regular expression in {argument}", ("pattern", pattern));
        }
    }

    private static WriteContent Each<T>(IEnumerable<T> items, Action<SoapWriter, T> write) => async (writer, cancellationToken) =>
    {
        foreach (var item in items)
        {
            writer.Open("return");
            write(writer, item);
            writer.Close("return");
            await writer.FlushIfLargeAsync(cancellationToken);
        }
    };

    private static WriteContent Return(Action<SoapWriter> write) => Now(writer =>
    {
        writer.Open("return");
        write(writer);
        writer.Close("return");
    });

    private static WriteContent Now(Action<SoapWriter> write) => (writer, _) =>
    {
        write(writer);
        return Task.CompletedTask;
    };

    [GeneratedRegex(@"^/wsadmin/v[0-9_]+/AdminWebService$", RegexOptions.IgnoreCase)]
    private static partial Regex Address();
}
