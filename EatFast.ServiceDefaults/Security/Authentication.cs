using EatFast.Errors;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.IdentityModel.JsonWebTokens;
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
        builder.Services.AddHttpClient(IdentityKeys.Client).AddInternalKey();
        builder.Services.AddSingleton<InternalCalls>().AddTransient<InternalKeyHandler>();
        builder.Services.AddSingleton<IdentityKeys>().AddSingleton<Revocations>();
        builder.Services.TryAddSingleton<IRevocationSource, RemoteRevocations>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Revocations>());
        builder.Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme).AddJwtBearer();
        builder.Services.AddOptions<JwtBearerOptions>(JwtBearerDefaults.AuthenticationScheme)
            .Configure<IdentityKeys, TimeProvider>((options, keys, clock) =>
            {
                options.MapInboundClaims = false;
                options.TokenValidationParameters = ValidationParameters(clock);
                options.ConfigurationManager = keys;
                options.Events = new JwtBearerEvents
                {
                    OnMessageReceived = TakeTokenAsync,
                    OnTokenValidated = RefuseRevokedAsync,
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
        // A token that names no known key is not tried against all of them.
        TryAllIssuerSigningKeys = false,
        NameClaimType = "sub",
        RoleClaimType = "role",
        LifetimeValidator = (notBefore, expires, _, _) =>
            expires > (clock.GetUtcNow() - ClockSkew).UtcDateTime
            && (notBefore is null || notBefore <= (clock.GetUtcNow() + ClockSkew).UtcDateTime)
    };

    private static async Task TakeTokenAsync(MessageReceivedContext context)
    {
        var http = context.HttpContext;
        // Browsers cannot set headers on a web socket, so SignalR sends the token as a query parameter there and only there.
        if (http.Request.Path.StartsWithSegments("/hubs", StringComparison.Ordinal))
            context.Token = http.Request.Query["access_token"].FirstOrDefault() ?? context.Token;
        var token = context.Token ?? BearerOf(http.Request.Headers.Authorization.ToString());
        if (context.Options.ConfigurationManager is IdentityKeys keys && KeyOf(token) is { } keyId)
            await keys.EnsureKnowsAsync(keyId, http.RequestAborted);
    }

    private static async Task RefuseRevokedAsync(TokenValidatedContext context)
    {
        var revocations = context.HttpContext.RequestServices.GetRequiredService<Revocations>();
        await revocations.EnsureLoadedAsync(context.HttpContext.RequestAborted);
        // RFC 7515: what a token declares critical has to be understood, and nothing is here.
        if (context.SecurityToken is not JsonWebToken token || token.TryGetHeaderValue("crit", out object? _))
            context.Fail("The token has critical headers that are not understood.");
        else if (revocations.IsRevoked(context.Principal!))
            context.Fail("The session has ended.");
    }

    private static string? BearerOf(string authorization) =>
        authorization.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? authorization["Bearer ".Length..].Trim() : null;

    private static string? KeyOf(string? token)
    {
        try
        {
            return string.IsNullOrEmpty(token) || new JsonWebToken(token) is not { Alg: SecurityAlgorithms.EcdsaSha256 } read ? null : read.Kid;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            // The handler says so itself.
            return null;
        }
    }
}
