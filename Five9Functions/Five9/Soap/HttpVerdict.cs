using System.Net;
using Five9Functions.Problems;

namespace Five9Functions.Five9.Soap;

/// <summary>What an HTTP answer means when its body holds neither an answer nor a telling fault.</summary>
internal static class HttpVerdict
{
    public static Five9Exception Of(HttpStatusCode status, string said, TimeSpan? retryAfter, Five9Call call)
    {
        var answered = $"Five9 at {call.Host} answered {call.Operation} with HTTP {(int)status} ({said}).";
        return (int)status switch
        {
            < 300 => new Five9TransientException(
                ImportProblem.AnswerUnreadable, $"{answered} If it stays so, see what answers in Five9's place: a proxy, a login page, an announcement of maintenance.", retryAfter: retryAfter)
            { LoginUnknown = !IsPage(said) },
            401 => Five9Fault.CredentialRejected(call, $"HTTP 401, {said}"),
            403 => new Five9MisconfiguredException(
                ImportProblem.RoleMissing, $"{answered} Give {call.Login.UserName} {call.Service.Roles}, and see whether this address may call Five9.")
            { LoginUnknown = true },
            408 or 425 or 429 or >= 500 => new Five9TransientException(ImportProblem.Five9Failed, answered, retryAfter: retryAfter),
            < 400 => new Five9MisconfiguredException(
                ImportProblem.AddressWrong, $"{answered} A redirect is not followed, because the login would go with it. Correct the region of the integration or the setting {call.Service.VersionSetting}."),
            _ => new Five9MisconfiguredException(ImportProblem.AddressWrong, $"{answered} Correct the region of the integration or the setting {call.Service.VersionSetting}."),
        };
    }

    // A page for people, such as an announcement of maintenance, is shown in place of the service: nothing has looked at the login.
    private static bool IsPage(string said) =>
        said.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) || said.StartsWith("application/xhtml+xml", StringComparison.OrdinalIgnoreCase);

    /// <summary>How long the server asks to wait, as a time that is still to come.</summary>
    public static TimeSpan? RetryAfter(HttpResponseMessage response, TimeProvider time)
    {
        var wanted = response.Headers.RetryAfter;
        var wait = wanted?.Delta ?? wanted?.Date - time.GetUtcNow();
        return wait > TimeSpan.Zero ? wait : null;
    }
}
