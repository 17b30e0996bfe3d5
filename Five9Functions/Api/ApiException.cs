using Microsoft.AspNetCore.Http;

namespace Five9Functions.Api;

/// <summary>A request that cannot be served as it is. The answer is an RFC 9457 problem.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="detail">What is wrong and what to do, in a sentence.</param>
public sealed class ApiException(int status, ApiProblem problem, string detail) : Exception(detail)
{
    public int Status { get; } = status;

    public ApiProblem Problem { get; } = problem;

    /// <summary>How long the caller is to wait before it asks again; null where it is not known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What is wrong with which part of the request, where it is more than one thing.</summary>
    public IReadOnlyList<FieldError> Errors { get; init; } = [];

    public static ApiException BadRequest(ApiProblem problem, string detail) => new(StatusCodes.Status400BadRequest, problem, detail);

    public static ApiException NotFound(ApiProblem problem, string detail) => new(StatusCodes.Status404NotFound, problem, detail);

    public static ApiException Conflict(ApiProblem problem, string detail) => new(StatusCodes.Status409Conflict, problem, detail);

    /// <summary>Some values of a request cannot be; each is named.</summary>
    public static ApiException Invalid(IReadOnlyList<FieldError> errors) =>
        new(StatusCodes.Status400BadRequest, ApiProblem.Invalid, errors is [var only] ? only.Detail : $"{errors.Count} values cannot be as they are; errors names each.") { Errors = errors };
}

/// <summary>What is wrong with one value of a request.</summary>
/// <param name="Field">Its name in the body or the query.</param>
/// <param name="Detail">What is wrong and what to do, in a sentence.</param>
public sealed record FieldError(string Field, string Detail);
