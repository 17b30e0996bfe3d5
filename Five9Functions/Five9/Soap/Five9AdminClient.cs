using System.Globalization;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// Five9's admin web service (SOAP 1.1, its WSDL of version 13). Every call is made once: calls count against limits,
/// and repeated bad logins lock the account. What went wrong is a <see cref="Five9Exception"/> whose type says what to do next;
/// the caller's own cancellation is an <see cref="OperationCanceledException"/>.
/// Five9 takes one request at a time for each user: the callers see to that.
/// </summary>
public sealed class Five9AdminClient(HttpClient http, Five9ClientOptions options, TimeProvider? time = null, Five9Metrics? metrics = null)
{
    private readonly SoapCaller _soap = new(http, options.IdleTimeout, time ?? TimeProvider.System, metrics);
    private readonly SoapService _service = SoapService.Admin(options.ApiVersion);

    /// <summary>Starts a report and returns its id. Whether Five9 selects rows by their start or their end is not documented.</summary>
    public Task<string> RunReportAsync(Five9Login login, ReportRequest request, CancellationToken cancellationToken)
    {
        var call = new Five9Call("runReport", login, request, _service);
        return _soap.CallAsync(call, Arguments, options.CallTimeout, async (xml, _) =>
            await ReadReturnAsync(xml) is var id and not "" ? id : throw call.Unexpected("holds no report id"), cancellationToken);

        void Arguments(XmlWriter xml)
        {
            xml.WriteElementString("folderName", request.Folder);
            xml.WriteElementString("reportName", request.Name);
            xml.WriteStartElement("criteria");
            xml.WriteStartElement("time");
            xml.WriteElementString("end", Utc(request.Window.End)); // the order of the WSDL
            xml.WriteElementString("start", Utc(request.Window.Start));
            xml.WriteEndElement();
            xml.WriteEndElement();
        }
    }

    /// <summary>Whether the report still runs; Five9 holds the answer back for up to <paramref name="wait"/> (whole seconds) while it does.</summary>
    public Task<bool> IsReportRunningAsync(Five9Login login, string reportId, TimeSpan wait, CancellationToken cancellationToken)
    {
        var call = new Five9Call("isReportRunning", login, null, _service);
        return _soap.CallAsync(call, Arguments, options.CallTimeout + wait, async (xml, _) => await ReadReturnAsync(xml) switch
        {
            "true" or "1" => true,
            "false" or "0" => false,
            _ => throw call.Unexpected("is neither true nor false"),
        }, cancellationToken);

        void Arguments(XmlWriter xml)
        {
            xml.WriteElementString("identifier", reportId);
            xml.WriteElementString("timeout", ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <summary>
    /// Downloads a result. <paramref name="read"/> reads the CSV while it arrives (asynchronously: the text is never in memory as a whole);
    /// what it returns counts, and is returned, only once the answer's closing tags were read. If it throws, the download is dropped.
    /// An absent result is an empty text. Five9 cuts a result at 50,000 records and does not say so.
    /// </summary>
    public Task<T> ReadReportCsvAsync<T>(Five9Login login, string reportId, Func<TextReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        _soap.DownloadAsync(
            new Five9Call("getReportResultCsv", login, null, _service),
            xml => xml.WriteElementString("identifier", reportId),
            options.DownloadTimeout,
            read,
            cancellationToken);

    /// <summary>The limits of the calling user and what is used of them: one counter for each operation type and window.</summary>
    public async Task<IReadOnlyList<CallCounter>> GetCallCountersAsync(Five9Login login, CancellationToken cancellationToken)
    {
        var call = new Five9Call("getCallCountersState", login, null, _service);
        var counters = await _soap.CallAsync(call, _ => { }, options.CallTimeout, (xml, _) => CallCounterReader.ReadAsync(xml, call), cancellationToken);
        metrics?.Quota(login.UserName, counters);
        return counters;
    }

    /// <summary>The names of all campaigns of the domain, of any type, running or not.</summary>
    public Task<IReadOnlyList<string>> GetCampaignsAsync(Five9Login login, CancellationToken cancellationToken) =>
        GetNamesAsync("getCampaigns", "campaignNamePattern", login, cancellationToken);

    /// <summary>The names of all skills of the domain.</summary>
    public Task<IReadOnlyList<string>> GetSkillsAsync(Five9Login login, CancellationToken cancellationToken) =>
        GetNamesAsync("getSkills", "skillNamePattern", login, cancellationToken);

    /// <summary>What the domain asks of passwords.</summary>
    public Task<PasswordPolicy> GetPasswordPolicyAsync(Five9Login login, CancellationToken cancellationToken) => _soap.CallAsync(
        new Five9Call("getVCCConfiguration", login, null, _service),
        _ => { },
        options.CallTimeout,
        (xml, _) => PasswordPolicyReader.ReadAsync(xml),
        cancellationToken);

    /// <summary>
    /// Changes the password of the user who calls, and nothing else of the user. The user needs the right to manage users. What of a user is
    /// not sent stays as it is: every element is optional in the WSDL.
    /// </summary>
    public Task ChangePasswordAsync(Five9Login login, string password, CancellationToken cancellationToken)
    {
        var call = new Five9Call("modifyUser", login, null, _service) { Next = login with { Password = password } };
        return _soap.CallAsync(call, Arguments, options.CallTimeout, (_, _) => Task.FromResult(true), cancellationToken);

        void Arguments(XmlWriter xml)
        {
            xml.WriteStartElement("userGeneralInfo");
            xml.WriteElementString("mustChangePassword", "false"); // the order of the WSDL
            xml.WriteElementString("password", password);
            xml.WriteElementString("userName", login.UserName);
            xml.WriteEndElement();
        }
    }

    private Task<IReadOnlyList<string>> GetNamesAsync(string operation, string pattern, Five9Login login, CancellationToken cancellationToken) => _soap.CallAsync(
        new Five9Call(operation, login, null, _service),
        xml => xml.WriteElementString(pattern, ".*"), // a regular expression
        options.CallTimeout,
        (xml, _) => QueueNameReader.ReadAsync(xml),
        cancellationToken);

    private static async Task<string> ReadReturnAsync(XmlReader xml)
    {
        await SoapAnswer.MoveToReturnAsync(xml);
        return (await SoapAnswer.ReadTextAsync(xml)).Trim();
    }

    private static string Utc(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
