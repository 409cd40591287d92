using System.Diagnostics;
using System.Text.Json;
using EatFast.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace EatFast.Errors;

/// <summary>Writes each failure once in the shape all existing clients read: RFC 9457 plus their own members.</summary>
internal sealed class ProblemWriter(RefusalTable table, TimeProvider clock, IOptions<JsonOptions> json) : IProblemDetailsWriter
{
    public bool CanWrite(ProblemDetailsContext context) => true;

    public async ValueTask WriteAsync(ProblemDetailsContext context)
    {
        var http = context.HttpContext;
        var problem = context.ProblemDetails;
        var status = problem.Status ?? http.Response.StatusCode;
        var code = problem.Extensions.TryGetValue("code", out var given) && given is string text ? text : CodeOf(status, http);
        var refusal = table.Find(code);
        var sentence = problem.Extensions.ContainsKey("code") && problem.Detail is { } detail
            ? detail
            : RefusalTable.Say(refusal, Language.Of(http), []);
        var fields = FieldsOf(problem, Language.Of(http));

        var body = new Dictionary<string, object?>
        {
            ["type"] = $"urn:eatfast:error:{code}",
            ["title"] = sentence == problem.Detail ? problem.Title : refusal.En,
            ["status"] = status,
            ["detail"] = sentence,
            ["instance"] = http.Request.Path.Value,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
            ["success"] = false,
            ["message"] = sentence,
            ["error"] = sentence,
            ["error_code"] = code,
            ["code"] = code,
            ["field_errors"] = fields,
            ["errors"] = fields.SelectMany(field => field.Value.Select(message => new { field = field.Key, message })),
            ["requestId"] = http.TraceIdentifier,
            ["timestamp"] = clock.GetUtcNow()
        };
        foreach (var extra in problem.Extensions.Where(extra => extra.Key is not ("code" or "traceId")))
            body[extra.Key] = extra.Value;

        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentType = "application/problem+json; charset=utf-8";
        await http.Response.Body.WriteAsync(
            JsonSerializer.SerializeToUtf8Bytes(body, json.Value.SerializerOptions), http.RequestAborted);
    }

    private static Dictionary<string, string[]> FieldsOf(ProblemDetails problem, string language) =>
        problem is HttpValidationProblemDetails validation
            ? validation.Errors.ToDictionary(field => JsonPathOf(field.Key), field => Array.ConvertAll(field.Value, message => ValidationTexts.Say(message, language)))
            : [];

    // Validation speaks of Lines[0].Quantity, clients sent lines[0].quantity.
    private static string JsonPathOf(string path) => string.Join('.', path.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));

    private static string CodeOf(int status, HttpContext http) => status switch
    {
        400 => "VALIDATION_ERROR",
        401 => http.Request.Headers.Authorization.Count == 0 ? "MISSING_TOKEN" : "INVALID_TOKEN",
        403 => "INSUFFICIENT_PERMISSIONS",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        409 => "CONFLICT",
        413 => "PAYLOAD_TOO_LARGE",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        429 => "RATE_LIMIT_EXCEEDED",
        502 or 503 or 504 => "SERVICE_UNAVAILABLE",
        _ when status < 500 => "VALIDATION_ERROR",
        _ => "INTERNAL_ERROR"
    };
}
