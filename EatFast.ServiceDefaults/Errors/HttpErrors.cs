using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using EatFast.Http;
using Grpc.Core;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EatFast.Errors;

/// <summary>Turns every exception into the contract's problem body; nothing else in the code base catches for HTTP.</summary>
internal sealed class HttpErrors(IProblemDetailsService problems, RefusalTable table, ILogger<HttpErrors> logger) : IExceptionHandler
{
    private const string RetryAfter = "retryAfter";

    public async ValueTask<bool> TryHandleAsync(HttpContext http, Exception exception, CancellationToken cancellationToken)
    {
        if (http.RequestAborted.IsCancellationRequested && exception is OperationCanceledException)
            return true;

        var problem = Translate(http, exception);
        if (problem.Status >= 500)
            logger.LogError(exception, "{Method} {Path} failed with {Status}", http.Request.Method, http.Request.Path, problem.Status);
        http.Response.StatusCode = problem.Status!.Value;
        return await problems.TryWriteAsync(new() { HttpContext = http, ProblemDetails = problem, Exception = exception });
    }

    private ProblemDetails Translate(HttpContext http, Exception exception) => exception switch
    {
        RuleViolatedException refused => Refuse(http, refused),
        BadHttpRequestException bad => Malformed(bad),
        DbUpdateConcurrencyException or DbUpdateException { InnerException: PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } } => new() { Status = 409, Extensions = { ["code"] = "CONCURRENT_CHANGE" } },
        _ when IsOutage(exception) => Unavailable(http),
        _ => new() { Status = 500 }
    };

    private ProblemDetails Refuse(HttpContext http, RuleViolatedException refused)
    {
        var refusal = table.Of(refused);
        var problem = new ProblemDetails
        {
            Status = refusal.Status,
            Title = RefusalTable.Say(refusal, Language.English, refused.Details),
            Detail = RefusalTable.Say(refusal, Language.Of(http), refused.Details),
            Extensions = { ["code"] = refused.Code }
        };
        if (refusal.Status == StatusCodes.Status503ServiceUnavailable)
            http.Response.Headers.RetryAfter = "2";
        if (refused.Details.FirstOrDefault(detail => detail.Name == RetryAfter).Value is int seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            problem.Extensions[RetryAfter] = seconds;
        }
        if (refused.Details.Count > 0)
            problem.Extensions["details"] = refused.Details.ToDictionary(detail => detail.Name, detail => detail.Value);
        return problem;
    }

    private static HttpValidationProblemDetails Malformed(BadHttpRequestException bad)
    {
        var problem = new HttpValidationProblemDetails { Status = bad.StatusCode };
        for (Exception? cause = bad; cause is not null; cause = cause.InnerException)
            if (cause is JsonException { Path: { Length: > 0 } path })
                problem.Errors[path.TrimStart('$', '.') is { Length: > 0 } field ? field : "body"] = ["Unknown, duplicate or wrongly typed value."];
        if (problem.Errors.Count == 0 && bad.StatusCode == 400)
            problem.Errors["request"] = [bad.Message];
        return problem;
    }

    private static ProblemDetails Unavailable(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "2";
        return new() { Status = 503 };
    }

    /// <summary>A part we need is down: worth a retry by the caller, unlike a bug.</summary>
    public static bool IsOutage(Exception? exception) => exception switch
    {
        null => false,
        PostgresException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.TooManyConnections } => true,
        PostgresException => false,
        NpgsqlException or SocketException or HttpRequestException => true,
        RpcException rpc => rpc.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded or StatusCode.ResourceExhausted,
        // Of a caller who went away nobody asks here; what else was given up had waited too long, as Npgsql's attempts to connect.
        TimeoutException or OperationCanceledException => true,
        _ => IsOutage(exception.InnerException)
    };
}
