namespace EatFast.ProviderSimulator.Providers.Infobip;

internal sealed record Violation(string Property, string Complaint);

/// <summary>Infobip's two envelopes for an error: the new one of version 3 and the old one that version 2 still speaks.</summary>
internal static class InfobipErrors
{
    public static IResult Unauthorized(bool isV3) => isV3
        ? New(
            StatusCodes.Status401Unauthorized,
            "E401",
            "The request lacks valid authentication credentials for the requested resource.",
            "Verify the authentication credentials used are valid.",
            [])
        : Old(StatusCodes.Status401Unauthorized, "UNAUTHORIZED", "Invalid login details", null);

    public static IResult BadRequest(bool isV3, IReadOnlyCollection<Violation> violations) => isV3
        ? New(
            StatusCodes.Status400BadRequest,
            "E400",
            "The request contains errors or invalid data.",
            "Check the violations field for details and correct the request.",
            violations)
        : Old(
            StatusCodes.Status400BadRequest,
            "BAD_REQUEST",
            "Bad Request",
            violations
                .GroupBy(violation => violation.Property, violation => violation.Complaint)
                .ToDictionary(group => group.Key, group => group.ToArray()));

    private static IResult New(int status, string code, string description, string action, IEnumerable<Violation> violations) =>
        Results.Json(
            new
            {
                ErrorCode = code,
                Description = description,
                Action = action,
                Violations = violations.Select(violation => new { violation.Property, Violation = violation.Complaint }),
                Resources = Array.Empty<object>(),
            },
            statusCode: status);

    private static IResult Old(int status, string messageId, string text, Dictionary<string, string[]>? errors) => Results.Json(
        new
        {
            RequestError = new
            {
                ServiceException = errors is null
                    ? (object)new { MessageId = messageId, Text = text }
                    : new { MessageId = messageId, Text = text, ValidationErrors = errors },
            },
        },
        statusCode: status);
}
