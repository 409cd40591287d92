using System.Globalization;
using EatFast.ProviderSimulator.Http;
using EatFast.ProviderSimulator.State;

namespace EatFast.ProviderSimulator.Providers.Infobip;

/// <summary>Infobip's SMS API at its true paths. An answer of 200 may still hold rejected messages.</summary>
internal static class InfobipEndpoints
{
    private const int DefaultLimit = 50;
    private const int MaxLimit = 1000;

    public static void AddInfobip(this IServiceCollection services)
    {
        services.AddSingleton(provider => InfobipOptions.Read(provider.GetRequiredService<IConfiguration>()));
        services.AddSingleton<InfobipMessages>();
        services.AddSingleton<ITimed>(provider => provider.GetRequiredService<InfobipMessages>());
        services.AddSingleton<IJournalled>(provider => provider.GetRequiredService<InfobipMessages>());
    }

    public static void Map(IEndpointRouteBuilder app)
    {
        var v3 = app.MapGroup("/sms/3").AddEndpointFilter((context, next) => RequireKey(context, next, isV3: true));
        v3.MapPost("/messages", (HttpContext http, InfobipMessages messages) => Send(http, messages, isV3: true));
        v3.MapGet("/reports", ListReports);
        v3.MapGet("/logs", ListLogs);
        var v2 = app.MapGroup("/sms/2").AddEndpointFilter((context, next) => RequireKey(context, next, isV3: false));
        v2.MapPost("/text/advanced", (HttpContext http, InfobipMessages messages) => Send(http, messages, isV3: false));
    }

    private static async Task<IResult> Send(HttpContext http, InfobipMessages messages, bool isV3)
    {
        if (await JsonInput.ReadObjectAsync(http.Request, http.RequestAborted) is not { } body)
            return InfobipErrors.BadRequest(isV3, [new Violation("requestBody", "must be a valid JSON object")]);
        var request = SmsRequest.Read(body, isV3);
        if (request.Violations.Count > 0)
            return InfobipErrors.BadRequest(isV3, request.Violations);

        var bulkId = request.BulkId ?? Guid.NewGuid().ToString();
        var sent = request.Drafts.Select(draft => messages.Send(draft, bulkId, isV3)).ToList();
        return Results.Ok(new { BulkId = bulkId, Messages = sent.Select(InfobipViews.Sent) });
    }

    private static IResult ListReports(HttpRequest request, InfobipMessages messages) => ReadQuery(request) is { } query
        ? Results.Ok(new { Results = messages.TakeReports(query).Select(InfobipViews.Report) })
        : BadLimit();

    private static IResult ListLogs(HttpRequest request, InfobipMessages messages) => ReadQuery(request) is { } query
        ? Results.Ok(new { Results = messages.Logs(query).Select(InfobipViews.Log) })
        : BadLimit();

    private static InfobipQuery? ReadQuery(HttpRequest request)
    {
        var limit = DefaultLimit;
        if (request.Query["limit"].FirstOrDefault() is { } text
            && (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > MaxLimit))
            return null;
        return new InfobipQuery(
            request.Query["bulkId"].FirstOrDefault(),
            request.Query["messageId"].FirstOrDefault(),
            request.Query["destination"].FirstOrDefault(),
            limit);
    }

    private static IResult BadLimit() =>
        InfobipErrors.BadRequest(isV3: true, [new Violation("limit", $"must be between 1 and {MaxLimit}")]);

    private static async ValueTask<object?> RequireKey(EndpointFilterInvocationContext context, EndpointFilterDelegate next, bool isV3)
    {
        var options = context.HttpContext.RequestServices.GetRequiredService<InfobipOptions>();
        return context.HttpContext.Request.Headers.Authorization.ToString() == $"App {options.ApiKey}"
            ? await next(context)
            : InfobipErrors.Unauthorized(isV3);
    }
}
