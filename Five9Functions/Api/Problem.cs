using Five9Functions.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Five9Functions.Api;

/// <summary>RFC 9457 <c>application/problem+json</c>.</summary>
/// <param name="Type">Always <c>about:blank</c>: <paramref name="Code"/> tells problems apart.</param>
/// <param name="Title">The words of the status.</param>
/// <param name="Detail">What is wrong and what to do, in a sentence.</param>
/// <param name="Code">Names the problem for a program.</param>
internal sealed record Problem(string Type, string Title, int Status, string Detail, string Code, IReadOnlyList<FieldError>? Errors)
{
    public static IResult Answer(int status, ApiProblem problem, string detail, IReadOnlyList<FieldError>? errors = null, TimeSpan? retryAfter = null) =>
        new JsonAnswer<Problem>(new Problem("about:blank", ReasonPhrases.GetReasonPhrase(status), status, detail, problem.Code(), errors is { Count: > 0 } ? errors : null), status)
        {
            ContentType = "application/problem+json; charset=utf-8",
            RetryAfter = retryAfter,
        };
}
