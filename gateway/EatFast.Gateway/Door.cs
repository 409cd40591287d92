using EatFast.Errors;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Net.Http.Headers;

namespace EatFast.Gateway;

/// <summary>
/// What is settled before anything is looked at: HTTPS outside Development, patience with slow senders, and which pages may open
/// sockets.
/// </summary>
internal static class Door
{
    private const string RequireHttps = "Gateway:RequireHttps";
    private static readonly string[] Probes = ["/health", "/alive", "/metrics"];
    private static readonly string[] Sockets = ["/hubs", "/socket.io"];

    public static bool IsHttpsRequired(this WebApplication app) =>
        app.Configuration.GetValue(RequireHttps, !app.Environment.IsDevelopment());

    public static void AddDoor(this WebApplicationBuilder builder)
    {
        builder.Services.Configure<KestrelServerOptions>(kestrel =>
        {
            // Whoever dribbles headers or a body to hold connections is cut off.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Limits.MaxRequestHeaderCount = 64;
            kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        });
    }

    public static void UseDoor(this WebApplication app)
    {
        if (app.IsHttpsRequired())
            app.Use(RefusePlainHttp);
        app.Use((http, next) => IsJsonButNotUtf8(http.Request)
            ? throw new Microsoft.AspNetCore.Http.BadHttpRequestException("JSON is read as UTF-8 alone.", StatusCodes.Status415UnsupportedMediaType)
            : next(http));
        var origins = app.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [];
        app.Use((http, next) => IsSocketOfStrangers(http, origins) ? throw new RuleViolatedException("ORIGIN_NOT_ALLOWED") : next(http));
    }

    // What came in the clear may have been read: an API client has to learn that, a person is sent on.
    private static Task RefusePlainHttp(HttpContext http, RequestDelegate next)
    {
        var request = http.Request;
        if (request.IsHttps || Array.Exists(Probes, path => request.Path.Equals(path, StringComparison.Ordinal)))
            return next(http);
        var isApi = request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
            || Array.Exists(Sockets, path => request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
        if (isApi || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            throw new RuleViolatedException("HTTPS_REQUIRED");
        http.Response.Redirect($"https://{request.Host.Host}{request.Path}{request.QueryString}", permanent: true, preserveMethod: true);
        return Task.CompletedTask;
    }

    // In another encoding an account's name would be read by the service and not by the quota that protects it.
    private static bool IsJsonButNotUtf8(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Value?.Contains("json", StringComparison.OrdinalIgnoreCase) == true
        && HeaderUtilities.RemoveQuotes(type.Charset) is { Length: > 0 } charset
        && !charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    // A browser lets any page open a socket anywhere and only says whose it is; apps send no origin at all.
    private static bool IsSocketOfStrangers(HttpContext http, string[] origins) =>
        http.Request.Headers.Origin.ToString() is { Length: > 0 } origin
        && Array.Exists(Sockets, path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase))
        && !origins.Contains(origin, StringComparer.OrdinalIgnoreCase)
        && !IsOwn(http.Request, origin);

    private static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
