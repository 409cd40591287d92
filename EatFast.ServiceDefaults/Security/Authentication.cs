using EatFast.Errors;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Security;

/// <summary>Access tokens: ES256 only, checked at the gateway and again in each service against Identity's published keys.</summary>
public static class Authentication
{
    public const string Issuer = "https://api.eatfast.cm";
    public const string Audience = "eatfast";
    public const string TokenType = "at+jwt";
    public static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(60);

    internal static void AddSecurity(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpClient("jwks");
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IHttpClientFactory, TimeProvider>((options, http, clock) =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = ValidationParameters(clock);
                options.ConfigurationManager = new ConfigurationManager<OpenIdConnectConfiguration>(
                    "http://identity/.well-known/jwks.json", new JwksRetriever(), new JwksDocument(http))
                {
                    AutomaticRefreshInterval = TimeSpan.FromMinutes(5),
                    RefreshInterval = TimeSpan.FromSeconds(5)
                };
                options.Events = new JwtBearerEvents
                {
                    OnMessageReceived = TakeTokenOfWebSocket,
                    OnAuthenticationFailed = failed => HttpErrors.IsOutage(failed.Exception)
                        ? throw new HttpRequestException("Identity's keys cannot be read.", failed.Exception)
                        : Task.CompletedTask
                };
            });
        builder.Services.AddAuthorization(Policies.Add);
    }

    private static TokenValidationParameters ValidationParameters(TimeProvider clock) => new()
    {
        ValidIssuer = Issuer,
        ValidAudience = Audience,
        ValidTypes = [TokenType],
        ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        NameClaimType = "sub",
        RoleClaimType = "role",
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires > (clock.GetUtcNow() - ClockSkew).UtcDateTime
            && (notBefore is null || notBefore <= (clock.GetUtcNow() + ClockSkew).UtcDateTime)
    };

    // Browsers cannot set headers on a web socket, so SignalR sends the token as a query parameter there and only there.
    private static Task TakeTokenOfWebSocket(MessageReceivedContext context)
    {
        if (context.HttpContext.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal))
            context.Token = context.Request.Query["access_token"].FirstOrDefault() ?? context.Token;
        return Task.CompletedTask;
    }

    private sealed class JwksRetriever : IConfigurationRetriever<OpenIdConnectConfiguration>
    {
        public async Task<OpenIdConnectConfiguration> GetConfigurationAsync(string address, IDocumentRetriever retriever, CancellationToken cancel)
        {
            var configuration = new OpenIdConnectConfiguration { Issuer = Issuer };
            foreach (var key in new JsonWebKeySet(await retriever.GetDocumentAsync(address, cancel)).GetSigningKeys())
                configuration.SigningKeys.Add(key);
            return configuration;
        }
    }

    private sealed class JwksDocument(IHttpClientFactory http) : IDocumentRetriever
    {
        public Task<string> GetDocumentAsync(string address, CancellationToken cancel) =>
            http.CreateClient("jwks").GetStringAsync(new Uri(address), cancel);
    }
}
