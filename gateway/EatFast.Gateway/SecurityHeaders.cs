namespace EatFast.Gateway;

/// <summary>What every answer carries, errors too: an API answer may load nothing, be framed nowhere and be stored by nobody.</summary>
internal static class SecurityHeaders
{
    private const string ForAnswers = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

    private const string ForReference =
        "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        + "font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'";

    private const string Hsts = "max-age=31536000; includeSubDomains";

    private static readonly string[] RequestHeaders =
    [
        "Authorization", "Content-Type", "Accept", "Accept-Language", "Idempotency-Key", "X-Guest-Session", "X-Trusted-Device", "X-Device-Type",
        "X-App-Version", "X-Device-Id", "X-Platform", "X-Request-Id", "X-Requested-With", "X-SignalR-User-Agent", "If-None-Match", "traceparent"
    ];

    private static readonly string[] ExposedHeaders =
    [
        "Location", "ETag", "X-Request-Id", "Idempotent-Replayed", "Retry-After",
        "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset"
    ];

    /// <summary>As the answer starts, whoever wrote it: what stands there before, an exception would wipe out.</summary>
    public static void UseSecurityHeaders(this WebApplication app)
    {
        var isHttpsRequired = app.IsHttpsRequired();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                Write(http.Request.Path, http.Response.Headers);
                // In the clear a browser must not believe it (RFC 6797, 7.2), and whoever listens could have put it there.
                if (isHttpsRequired && http.Request.IsHttps)
                    http.Response.Headers.StrictTransportSecurity = Hsts;
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    /// <summary>Browsers of exactly the origins in Cors:Origins may call; none by default.</summary>
    public static void AddAllowedOrigins(this WebApplicationBuilder builder) =>
        builder.Services.AddCors(cors => cors.AddDefaultPolicy(policy => policy
            .WithOrigins(builder.Configuration.GetSection("Cors:Origins").Get<string[]>() ?? [])
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE")
            .WithHeaders(RequestHeaders)
            .WithExposedHeaders(ExposedHeaders)
            .AllowCredentials()
            .SetPreflightMaxAge(TimeSpan.FromMinutes(10))));

    private static void Write(PathString path, IHeaderDictionary headers)
    {
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.Remove("Server");
        headers.Remove("X-Powered-By");
        if (headers.ContentSecurityPolicy.Count == 0)
            headers.ContentSecurityPolicy = path.StartsWithSegments("/scalar", StringComparison.Ordinal) ? ForReference : ForAnswers;
        if (headers.CacheControl.Count == 0 && path.StartsWithSegments("/api", StringComparison.Ordinal))
            headers.CacheControl = "no-store";
    }
}
