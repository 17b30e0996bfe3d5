using Azure;
using Five9Functions.Five9;
using Five9Functions.Integrations;
using Five9Functions.Problems;
using Five9Functions.Storage;
using Five9Functions.Storage.RawDays;
using Five9Functions.Storage.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Five9Functions.Api;

/// <summary>What stands between every HTTP function and its work: whatever goes wrong becomes an answer that says what to do.</summary>
public sealed partial class ApiErrorHandler(PrepareStorage storage, ILogger<ApiErrorHandler> logger)
{
    /// <param name="work">Makes the answer; it is done once more if a table, container or queue was missing.</param>
    public async Task<IResult> HandleAsync(HttpRequest request, Func<Task<IResult>> work)
    {
        IResult? answer = null;
        try
        {
            await storage.WithItAsync(async () => answer = await work(), request.HttpContext.RequestAborted);
            return new Guarded(this, answer!);
        }
        catch (Exception e) when (ProblemOf(request, e) is { } problem)
        {
            return problem;
        }
    }

    private IResult? ProblemOf(HttpRequest request, Exception exception)
    {
        switch (exception)
        {
            case ApiException e:
                return Problem.Answer(e.Status, e.Problem, e.Message, e.Errors, e.RetryAfter);

            case OperationCanceledException when request.HttpContext.RequestAborted.IsCancellationRequested:
                return null;

            case RemovedIntegrationException e:
                return Problem.Answer(StatusCodes.Status409Conflict, e.IsBeingDeleted ? ApiProblem.IntegrationBeingDeleted : ApiProblem.KeptInAnotherZone, e.Message);

            // A zone that there is not: the stored row was changed by hand.
            case UnreadableRowException or Five9MisconfiguredException { Error.Problem: ImportProblem.ZoneUnknown }:
                Log.Failed(logger, exception, request.Method, PathOf(request));
                return Problem.Answer(StatusCodes.Status500InternalServerError, ApiProblem.RowUnreadable, exception.Message);

            case RawDayDamagedException:
                Log.Failed(logger, exception, request.Method, request.Path);
                return Problem.Answer(StatusCodes.Status500InternalServerError, ApiProblem.RawDayUnreadable, exception.Message);

            case ProjectionConflictException or RawDayChangedException:
                return Problem.Answer(StatusCodes.Status503ServiceUnavailable, ApiProblem.Changing, "What you asked for kept changing while it was read: ask again in a minute.");

            case RequestFailedException or AggregateException or HttpRequestException or TimeoutException or OperationCanceledException:
                Log.Failed(logger, exception, request.Method, PathOf(request));
                return Problem.Answer(StatusCodes.Status503ServiceUnavailable, ApiProblem.StorageUnavailable, "Storage or the key vault did not answer: try again in a minute; the log has the reason.");

            default:
                Log.Failed(logger, exception, request.Method, PathOf(request));
                return Problem.Answer(StatusCodes.Status500InternalServerError, ApiProblem.Failed, "The importer failed at this request: the log has the reason; report it with the time of the request.");
        }
    }

    private static string PathOf(HttpRequest request) => PlainText.Escape(request.Path);

    private void BreakOff(HttpContext context, Exception exception)
    {
        if (!context.RequestAborted.IsCancellationRequested)
        {
            Log.BrokenOff(logger, exception, context.Request.Method, PathOf(context.Request));
        }

        context.Abort();
    }

    /// <summary>What fails before the first byte is still a problem; after it the connection is broken, so that nobody takes a part for the whole.</summary>
    private sealed class Guarded(ApiErrorHandler answers, IResult answer) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            try
            {
                await answer.ExecuteAsync(httpContext);
            }
            catch (Exception e) when (!httpContext.Response.HasStarted && answers.ProblemOf(httpContext.Request, e) is { } problem)
            {
                httpContext.Response.Clear();
                await problem.ExecuteAsync(httpContext);
            }
            catch (Exception e) when (httpContext.Response.HasStarted)
            {
                answers.BreakOff(httpContext, e);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Error, "{Method} {Path} failed.")]
        public static partial void Failed(ILogger logger, Exception exception, string method, string path);

        [LoggerMessage(2, LogLevel.Warning, "{Method} {Path} was broken off within its answer.")]
        public static partial void BrokenOff(ILogger logger, Exception exception, string method, string path);
    }
}
