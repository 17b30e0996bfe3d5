using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using NodaTime;
using NodaTime.Text;

namespace Five9Functions.Five9;

/// <summary>
/// Five9's admin web service (SOAP 1.1, its WSDL of version 13). Every call is made once: calls count against limits,
/// and repeated bad logins lock the account. What went wrong is a <see cref="Five9Exception"/> whose type says what to do next;
/// the caller's own cancellation is an <see cref="OperationCanceledException"/>.
/// Five9 takes one request at a time for each user: the callers see to that.
/// </summary>
public sealed class Five9AdminClient(HttpClient http, Five9ClientOptions options, TimeProvider? time = null)
{
    private const int LongestMediaType = 100;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Starts a report and returns its id. Whether Five9 selects rows by their start or their end is not documented.</summary>
    public Task<string> RunReportAsync(Five9Login login, ReportRequest request, CancellationToken cancellationToken)
    {
        var call = new Five9Call("runReport", login, request);
        return CallAsync(call, Arguments, options.CallTimeout, async (xml, _) =>
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
        var call = new Five9Call("isReportRunning", login, null);
        return CallAsync(call, Arguments, options.CallTimeout + wait, async (xml, _) => await ReadReturnAsync(xml) switch
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
        CallAsync(
            new Five9Call("getReportResultCsv", login, null),
            xml => xml.WriteElementString("identifier", reportId),
            options.DownloadTimeout,
            async (xml, token) =>
            {
                await MoveToReturnAsync(xml);
                using var csv = new ElementTextReader(xml);
                return await read(csv, token);
            },
            cancellationToken);

    /// <summary>The limits of the calling user and what is used of them: one counter for each operation type and window.</summary>
    public Task<IReadOnlyList<CallCounter>> GetCallCountersAsync(Five9Login login, CancellationToken cancellationToken)
    {
        var call = new Five9Call("getCallCountersState", login, null);
        return CallAsync(call, _ => { }, options.CallTimeout, (xml, _) => CallCounterReader.ReadAsync(xml, call), cancellationToken);
    }

    /// <summary>The names of all campaigns of the domain, of any type, running or not.</summary>
    public Task<IReadOnlyList<string>> GetCampaignsAsync(Five9Login login, CancellationToken cancellationToken) =>
        GetNamesAsync("getCampaigns", "campaignNamePattern", login, cancellationToken);

    /// <summary>The names of all skills of the domain.</summary>
    public Task<IReadOnlyList<string>> GetSkillsAsync(Five9Login login, CancellationToken cancellationToken) =>
        GetNamesAsync("getSkills", "skillNamePattern", login, cancellationToken);

    /// <summary>What the domain asks of passwords.</summary>
    public Task<PasswordPolicy> GetPasswordPolicyAsync(Five9Login login, CancellationToken cancellationToken) => CallAsync(
        new Five9Call("getVCCConfiguration", login, null),
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
        var call = new Five9Call("modifyUser", login, null) { Next = login with { Password = password } };
        return CallAsync(call, Arguments, options.CallTimeout, (_, _) => Task.FromResult(true), cancellationToken);

        void Arguments(XmlWriter xml)
        {
            xml.WriteStartElement("userGeneralInfo");
            xml.WriteElementString("mustChangePassword", "false"); // the order of the WSDL
            xml.WriteElementString("password", password);
            xml.WriteElementString("userName", login.UserName);
            xml.WriteEndElement();
        }
    }

    private Task<IReadOnlyList<string>> GetNamesAsync(string operation, string pattern, Five9Login login, CancellationToken cancellationToken) => CallAsync(
        new Five9Call(operation, login, null),
        xml => xml.WriteElementString(pattern, ".*"), // a regular expression
        options.CallTimeout,
        (xml, _) => QueueNameReader.ReadAsync(xml),
        cancellationToken);

    private async Task<T> CallAsync<T>(
        Five9Call call,
        Action<XmlWriter> arguments,
        TimeSpan timeout,
        Func<XmlReader, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var deadline = new CallDeadline(timeout, options.IdleTimeout, _time, cancellationToken);
        try
        {
            using var request = Request(call, arguments);
            using var response = await SendAsync(request, call, deadline);
            await using var body = new AnswerStream(await response.Content.ReadAsStreamAsync(deadline.Token), deadline, call);
            return await ReadAsync(body, response, call, read, deadline.Token);
        }
        catch (OperationCanceledException) when (deadline.Expired)
        {
            throw deadline.Exception(call);
        }
    }

    private async Task<T> ReadAsync<T>(
        AnswerStream body, HttpResponseMessage response, Five9Call call, Func<XmlReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        try
        {
            using var xml = SoapAnswer.Open(body);
            await MoveToResponseAsync(xml, body, response, call);
            var result = await read(xml, cancellationToken);
            await SoapAnswer.MoveToEndAsync(xml);
            return result;
        }
        catch (XmlException e)
        {
            throw body.Ended ? call.CutShort(e) : call.Garbled(e);
        }
    }

    private HttpRequestMessage Request(Five9Call call, Action<XmlWriter> arguments)
    {
        var login = call.Login;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(login.Host, $"wsadmin/{options.ApiVersion}/AdminWebService"))
        {
            Content = new ByteArrayContent(SoapEnvelope.Write(call.Operation, arguments)),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/xml", "utf-8");
        request.Headers.Add("SOAPAction", "\"\"");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", login.Basic);
        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, Five9Call call, CallDeadline deadline)
    {
        deadline.StartWaiting();
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        }
        catch (HttpRequestException e)
        {
            throw call.Unreachable(e);
        }
        finally
        {
            deadline.StopWaiting();
        }
    }

    /// <summary>The body is read for a fault before the status is judged: a rejected login was seen as HTTP 200 with a fault.</summary>
    private async Task MoveToResponseAsync(XmlReader xml, AnswerStream body, HttpResponseMessage response, Five9Call call)
    {
        var retryAfter = HttpVerdict.RetryAfter(response, _time);
        Five9Fault? fault;
        try
        {
            fault = await SoapAnswer.MoveToResponseAsync(xml, call.Operation);
        }
        catch (InvalidDataException e)
        {
            throw HttpVerdict.Of(response.StatusCode, Instead(response, e.Message), retryAfter, call);
        }
        catch (Exception e) when (e is XmlException && !(response.IsSuccessStatusCode && body.Ended)
            || (response.StatusCode == HttpStatusCode.Unauthorized && e is Five9TransientException))
        {
            // A 401 whose body breaks off is a 401: it must not be tried again.
            throw HttpVerdict.Of(response.StatusCode, Instead(response, "no SOAP answer"), retryAfter, call);
        }

        if (fault is not null && !(fault.IsGeneric && (int)response.StatusCode is 401 or 403))
        {
            throw fault.ToException(call, retryAfter);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw HttpVerdict.Of(response.StatusCode, fault is null ? "no fault" : call.Quote(fault.Text), retryAfter, call);
        }
    }

    private static string Instead(HttpResponseMessage response, string what) =>
        response.Content.Headers.ContentType?.MediaType is { Length: <= LongestMediaType } type ? $"{type}, {what}" : what;

    /// <summary>Moves to the first return element; without one, to the end of the response.</summary>
    private static async Task MoveToReturnAsync(XmlReader xml)
    {
        await foreach (var name in SoapAnswer.ChildrenAsync(xml))
        {
            if (name == "return")
            {
                return;
            }
        }
    }

    private static async Task<string> ReadReturnAsync(XmlReader xml)
    {
        await MoveToReturnAsync(xml);
        return (await SoapAnswer.ReadTextAsync(xml)).Trim();
    }

    private static string Utc(Instant instant) => InstantPattern.ExtendedIso.Format(instant);
}
