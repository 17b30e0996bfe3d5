using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Five9Functions.Tests.Storage.Faults;

/// <summary>What can go wrong between a storage client and the service, in the service's own words where it has any.</summary>
internal static class NetworkFaults
{
    private const string Injected = "injected";

    /// <summary>The service has done what it was asked, and the client never hears of it.</summary>
    public static Fault LostAnswer { get; } = async (_, send) =>
    {
        using var answer = await send();
        throw new HttpRequestException("The connection was reset after the request had arrived.");
    };

    public static Fault LostRequest { get; } = (_, _) => throw new HttpRequestException("The connection was reset before the request had arrived.");

    /// <summary>The server has an error of its own after it committed.</summary>
    public static Fault ErrorAfterCommit { get; } = async (request, send) =>
    {
        using var answer = await send();
        return Error(request, HttpStatusCode.InternalServerError, "InternalError");
    };

    /// <summary>
    /// A query's first page is empty and says where to go on, as Azure may answer at any time; what follows is the true first page.
    /// </summary>
    public static Fault EmptyPage { get; } = async (request, send) =>
    {
        const string token = $"&NextPartitionKey={Injected}&NextRowKey={Injected}";
        var address = request.RequestUri!.AbsoluteUri;
        if (address.Contains($"NextPartitionKey={Injected}", StringComparison.Ordinal))
        {
            request.RequestUri = new Uri(address.Replace(token, "", StringComparison.Ordinal).Replace(token[1..], "", StringComparison.Ordinal));
            return await send();
        }

        if (address.Contains("NextPartitionKey=", StringComparison.Ordinal))
        {
            return await send();
        }

        var page = Answer(HttpStatusCode.OK, """{"value":[]}""");
        page.Headers.Add("x-ms-continuation-NextPartitionKey", Injected);
        page.Headers.Add("x-ms-continuation-NextRowKey", Injected);
        return page;
    };

    public static Fault Refusal(HttpStatusCode status, string code, int? retryAfterSeconds = null) => (request, _) =>
    {
        var answer = Error(request, status, code);
        answer.Headers.RetryAfter = retryAfterSeconds is { } seconds ? new RetryConditionHeaderValue(TimeSpan.FromSeconds(seconds)) : null;
        return Task.FromResult(answer);
    };

    /// <summary>Something else happens first, then the request arrives.</summary>
    public static Fault After(Func<Task> other) => async (_, send) =>
    {
        await other();
        return await send();
    };

    /// <summary>Azure's answer to a transaction of which it does not take one operation: nothing of it is done.</summary>
    /// <param name="index">From 0; the first operation is the manifest's.</param>
    public static Fault RefusedOperation(int index, string code) => (_, _) =>
    {
        var text = Json(code, $"{index}:One of the request inputs is not valid.\\nRequestId:00000000-0000-0000-0000-000000000000\\nTime:2026-11-03T12:00:00.0000000Z");
        string[] lines =
        [
            "--batchresponse_1",
            "Content-Type: multipart/mixed; boundary=changesetresponse_1",
            "",
            "--changesetresponse_1",
            "Content-Type: application/http",
            "Content-Transfer-Encoding: binary",
            "",
            "HTTP/1.1 400 Bad Request",
            "X-Content-Type-Options: nosniff",
            "Cache-Control: no-cache",
            "DataServiceVersion: 3.0;",
            "Content-Type: application/json;odata=minimalmetadata;streaming=true;charset=utf-8",
            "",
            text,
            "--changesetresponse_1--",
            "--batchresponse_1--",
            "",
        ];
        var answer = Answer(HttpStatusCode.Accepted, string.Join("\r\n", lines));
        answer.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/mixed; boundary=batchresponse_1");
        return Task.FromResult(answer);
    };

    private static HttpResponseMessage Error(HttpRequestMessage request, HttpStatusCode status, string code)
    {
        var isTable = request.Headers.Contains("DataServiceVersion");
        var answer = isTable
            ? Answer(status, Json(code, "Injected."))
            : new HttpResponseMessage(status) { Content = new StringContent($"<?xml version=\"1.0\" encoding=\"utf-8\"?><Error><Code>{code}</Code><Message>Injected.</Message></Error>", Encoding.UTF8, "application/xml") };
        answer.Headers.Add("x-ms-error-code", code);
        return answer;
    }

    private static string Json(string code, string message) =>
        $$$"""{"odata.error":{"code":"{{{code}}}","message":{"lang":"en-US","value":"{{{message}}}"} } }""";

    private static HttpResponseMessage Answer(HttpStatusCode status, string json)
    {
        var content = new StringContent(json, Encoding.UTF8);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json;odata=minimalmetadata;streaming=true;charset=utf-8");
        return new HttpResponseMessage(status) { Content = content };
    }
}
