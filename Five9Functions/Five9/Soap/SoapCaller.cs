using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Xml;
using Five9Functions.Problems;
using Five9Functions.Telemetry;

namespace Five9Functions.Five9.Soap;

/// <summary>
/// Calls Five9's web services (SOAP 1.1). Every call is made once: calls count against limits, and repeated bad logins lock the account.
/// What went wrong is a <see cref="Five9Exception"/>; the caller's own cancellation is an <see cref="OperationCanceledException"/>.
/// </summary>
/// <param name="silence">The longest silence within an answer, and before its first byte.</param>
internal sealed class SoapCaller(HttpClient http, TimeSpan silence, TimeProvider time, Five9Metrics? metrics)
{
    private const int MaxMediaType = 100;

    /// <param name="arguments">Writes what is inside the operation's element.</param>
    /// <param name="timeout">The longest that the whole call may take.</param>
    /// <param name="read">Reads the response element; what it returns counts, and is returned, only once the answer's closing tags were read.</param>
    /// <exception cref="Five9Exception">Five9 did not do what was asked; the type says what to do next.</exception>
    public Task<T> CallAsync<T>(
        Five9Call call, Action<XmlWriter> arguments, TimeSpan timeout, Func<XmlReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        CallAsync(call, arguments, timeout, paced: false, (xml, _, token) => read(xml, token), cancellationToken);

    /// <summary>Reads the text of the return element, of any length, as it arrives. It has to arrive at a least speed (<see cref="DownloadPace"/>).</summary>
    /// <inheritdoc cref="CallAsync{T}(Five9Call, Action{XmlWriter}, TimeSpan, Func{XmlReader, CancellationToken, Task{T}}, CancellationToken)"/>
    public Task<T> DownloadAsync<T>(
        Five9Call call, Action<XmlWriter> arguments, TimeSpan timeout, Func<TextReader, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        return CallAsync(call, arguments, timeout, paced: true, ReadAsync, cancellationToken);

        async Task<T> ReadAsync(XmlReader xml, AnswerText answer, CancellationToken token)
        {
            answer.InResult = await SoapAnswer.MoveToReturnAsync(xml);
            using var text = new ElementTextReader(xml);
            var result = await read(text, token);
            answer.InResult = false;
            return result;
        }
    }

    private async Task<T> CallAsync<T>(
        Five9Call call,
        Action<XmlWriter> arguments,
        TimeSpan timeout,
        bool paced,
        Func<XmlReader, AnswerText, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken)
    {
        using var span = Traces.Source.StartActivity($"five9 {call.Operation}", ActivityKind.Client);
        var (began, outcome) = (time.GetTimestamp(), "dropped");
        try
        {
            var result = await CallOnceAsync(call, arguments, new CallDeadline(timeout, silence, paced, time, cancellationToken), read);
            outcome = "ok";
            return result;
        }
        catch (Five9Exception e)
        {
            outcome = e.Error.Problem.Code();
            span?.SetStatus(ActivityStatusCode.Error, outcome);
            throw;
        }
        finally
        {
            metrics?.Called(call.Operation, outcome, time.GetElapsedTime(began));
        }
    }

    private async Task<T> CallOnceAsync<T>(
        Five9Call call, Action<XmlWriter> arguments, CallDeadline deadline, Func<XmlReader, AnswerText, CancellationToken, Task<T>> read)
    {
        using var _ = deadline;
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
        AnswerStream body, HttpResponseMessage response, Five9Call call, Func<XmlReader, AnswerText, CancellationToken, Task<T>> read, CancellationToken cancellationToken)
    {
        using var encoded = new EncodedText(body, response.Content.Headers.ContentType?.CharSet);
        using var text = new AnswerText(encoded);
        try
        {
            using var xml = SoapAnswer.Open(text);
            await MoveToResponseAsync(xml, body, response, call);
            var result = await read(xml, text, cancellationToken);
            await SoapAnswer.MoveToEndAsync(xml);
            return result;
        }
        catch (AnswerTooLargeException e)
        {
            throw call.TooLarge(e);
        }
        catch (XmlException e)
        {
            throw body.Ended ? call.CutShort(e) : call.Garbled(e);
        }
    }

    private static HttpRequestMessage Request(Five9Call call, Action<XmlWriter> arguments)
    {
        var login = call.Login;
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(login.Host, call.Service.Path))
        {
            Content = new ByteArrayContent(SoapEnvelope.Write(call.Service, call.Operation, arguments)),
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
        var retryAfter = HttpVerdict.RetryAfter(response, time);
        Five9Fault? fault;
        try
        {
            fault = await SoapAnswer.MoveToResponseAsync(xml, call);
        }
        catch (Exception e) when (e is InvalidDataException or AnswerTooLargeException)
        {
            throw HttpVerdict.Of(response.StatusCode, Instead(response, e.Message), retryAfter, call);
        }
        catch (Exception e) when (e is XmlException && !(response.IsSuccessStatusCode && body.Ended)
            || (response.StatusCode == HttpStatusCode.Unauthorized && e is Five9TransientException))
        {
            // A 401 whose body breaks off is a 401: it must not be tried again.
            throw HttpVerdict.Of(response.StatusCode, Instead(response, "no SOAP answer"), retryAfter, call);
        }

        if (fault is not null && (fault.IsPasswordExpired || !(fault.IsGeneric && (int)response.StatusCode is 401 or 403)))
        {
            throw fault.ToException(call, retryAfter);
        }

        if (!response.IsSuccessStatusCode)
        {
            throw HttpVerdict.Of(response.StatusCode, fault is null ? "no fault" : call.Quote(fault.Text), retryAfter, call);
        }
    }

    private static string Instead(HttpResponseMessage response, string what) =>
        response.Content.Headers.ContentType?.MediaType is { Length: <= MaxMediaType } type ? $"{type}, {what}" : what;
}
