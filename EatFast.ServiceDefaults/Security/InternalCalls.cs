using System.Security.Cryptography;
using System.Text;
using EatFast.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Security;

/// <summary>
/// The credential of the gateway and of services among each other: a service answers nobody else, so what the gateway checked
/// and wrote into headers can be trusted behind it.
/// </summary>
public sealed class InternalCalls(IConfiguration configuration)
{
    public const string Header = "X-Internal-Key";

    // What the platform asks of a process: probes and the scraper hold no secret.
    private static readonly string[] OpenToProbes = ["/health", "/alive", "/metrics"];

    private readonly Lazy<byte[]> _key = new(() => Encoding.ASCII.GetBytes(Convert.ToHexStringLower(
        Secrets.DeriveKey(configuration.RequireSecret("Security:InternalKey"), "internal-calls"))));

    public string Key => Encoding.ASCII.GetString(_key.Value);

    public bool IsFromInside(HttpRequest request) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(request.Headers[Header].ToString()), _key.Value);

    internal static void Require(WebApplication app)
    {
        var calls = app.Services.GetRequiredService<InternalCalls>();
        // A missing secret has to stop the start, not the first request.
        _ = calls.Key;
        app.Use((http, next) => Array.Exists(OpenToProbes, path => http.Request.Path.Equals(path, StringComparison.Ordinal))
            || calls.IsFromInside(http.Request)
                ? next(http)
                : throw new RuleViolatedException("GATEWAY_ONLY"));
    }
}

/// <summary>Signs what this process asks of its neighbours.</summary>
internal sealed class InternalKeyHandler(InternalCalls calls) : DelegatingHandler
{
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        request.Headers.Remove(InternalCalls.Header);
        request.Headers.Add(InternalCalls.Header, calls.Key);
        return base.SendAsync(request, cancellationToken);
    }
}

public static class InternalClients
{
    /// <summary>Lets this client ask services directly; never put it on one that leaves the system.</summary>
    public static IHttpClientBuilder AddInternalKey(this IHttpClientBuilder client) => client.AddHttpMessageHandler<InternalKeyHandler>();
}
