using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Identity.Clients;

/// <summary>Whom somebody else's sign-in vouches for.</summary>
internal sealed record VouchedPerson(string Subject, string Email, string FirstName, string LastName);

/// <summary>Somebody who signs people in and vouches for them with a token of their own.</summary>
internal interface IIdentityProvider
{
    /// <summary>Null for a token that proves nothing to us.</summary>
    Task<VouchedPerson?> VerifyAsync(string token, CancellationToken ct);
}

/// <summary>The section "Providers:Google".</summary>
internal sealed record GoogleOptions(Uri BaseUrl, IReadOnlyList<string> ClientIds)
{
    /// <summary>The apps' name at the simulator, when none is configured.</summary>
    public const string TestClientId = "eatfast-test.apps.googleusercontent.com";

    public static GoogleOptions From(IConfiguration configuration, bool isDevelopment)
    {
        var section = configuration.GetSection("Providers:Google");
        var simulator = isDevelopment && configuration["Providers:BaseUrl"] is { Length: > 0 } url ? $"{url.TrimEnd('/')}/google" : null;
        var own = section["BaseUrl"] is { Length: > 0 } given ? given : null;
        var clientIds = section.GetSection("ClientIds").Get<string[]>() ?? [];
        return new(
            new Uri($"{(own ?? simulator ?? "https://www.googleapis.com").TrimEnd('/')}/"),
            clientIds.Length == 0 && simulator is not null ? [TestClientId] : clientIds);
    }
}

/// <summary>Google's id tokens: RS256 by one of the published keys, for one of our apps, by a name that Google has proven.</summary>
internal sealed class GoogleTokens(IHttpClientFactory http, GoogleOptions options, TimeProvider clock) : IIdentityProvider, IDisposable
{
    public const string Client = "google";
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _gate = new(1);
    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };
    private (JsonWebKeySet Keys, DateTimeOffset At)? _known;

    public async Task<VouchedPerson?> VerifyAsync(string token, CancellationToken ct)
    {
        if (options.ClientIds.Count == 0 || KeyOf(token) is not { } keyId)
            return null;
        var keys = await KeysAsync(keyId, ct);
        var result = await _handler.ValidateTokenAsync(token, Expected(keys));
        return result.IsValid ? PersonOf(result.ClaimsIdentity) : null;
    }

    private TokenValidationParameters Expected(JsonWebKeySet keys) => new()
    {
        ValidIssuers = ["https://accounts.google.com", "accounts.google.com"],
        ValidAudiences = options.ClientIds,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        IssuerSigningKeys = keys.GetSigningKeys(),
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        TryAllIssuerSigningKeys = false,
        LifetimeValidator = (notBefore, expires, _, _) => expires > (clock.GetUtcNow() - Skew).UtcDateTime
            && (notBefore is null || notBefore <= (clock.GetUtcNow() + Skew).UtcDateTime)
    };

    private static VouchedPerson? PersonOf(ClaimsIdentity claims)
    {
        var (subject, email) = (claims.FindFirst("sub")?.Value, claims.FindFirst("email")?.Value);
        var isProven = string.Equals(claims.FindFirst("email_verified")?.Value, "true", StringComparison.OrdinalIgnoreCase);
        return subject is { Length: > 0 and <= 255 } && email is { Length: > 0 and <= 254 } && isProven
            ? new(subject, email, claims.FindFirst("given_name")?.Value ?? "", claims.FindFirst("family_name")?.Value ?? "")
            : null;
    }

    private string? KeyOf(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token) is { Alg: SecurityAlgorithms.RsaSha256, Kid: { Length: > 0 } keyId } ? keyId : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    // A key that is not known yet is looked for, so that Google may change its keys; invented names cause one look in ten seconds.
    private async Task<JsonWebKeySet> KeysAsync(string keyId, CancellationToken ct)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (_known is not { } known || NeedsLook(known, keyId))
            {
                using var client = http.CreateClient(Client);
                var text = await client.GetStringAsync(new Uri(options.BaseUrl, "oauth2/v3/certs"), ct);
                _known = known = (new JsonWebKeySet(text), clock.GetUtcNow());
            }
            return known.Keys;
        }
        finally
        {
            _gate.Release();
        }
    }

    private bool NeedsLook((JsonWebKeySet Keys, DateTimeOffset At) known, string keyId)
    {
        var age = clock.GetUtcNow() - known.At;
        return age > Fresh || (age > Pause && known.Keys.Keys.All(key => key.Kid != keyId));
    }

    public void Dispose() => _gate.Dispose();
}
