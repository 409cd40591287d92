using System.Security.Cryptography;
using System.Text;

namespace EatFast.Gateway;

/// <summary>/status: one self-contained page over /health/detailed; its only script is allowed by its hash.</summary>
internal static class StatusPage
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var page = Read();
        var policy = $"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{HashOfScript(page)}'; connect-src 'self'; "
            + "img-src data:; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
        app.MapGet("/status", (HttpResponse response) =>
        {
            response.Headers.ContentSecurityPolicy = policy;
            response.Headers.CacheControl = "no-cache";
            return TypedResults.Text(page, "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    private static string Read()
    {
        using var stream = typeof(StatusPage).Assembly.GetManifestResourceStream("StatusPage.html")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    private static string HashOfScript(string page)
    {
        var start = page.IndexOf("<script>", StringComparison.Ordinal) + "<script>".Length;
        var script = page[start..page.IndexOf("</script>", StringComparison.Ordinal)];
        return Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
    }
}
