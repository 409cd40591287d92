using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EatFast.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Testing;

/// <summary>Plays Identity's key where Identity itself is not hosted: signs access tokens and serves the matching JWKS.</summary>
public sealed class TestTokens : HttpMessageHandler, IRevocationSource
{
    private readonly ECDsaSecurityKey _key = new(ECDsa.Create(ECCurve.NamedCurves.nistP256)) { KeyId = "test" };

    /// <summary>Tokens that look like ours and are not.</summary>
    public ForgedTokens ForgedFor(Guid userId, DateTimeOffset now) => new(_key.ECDsa, _key.KeyId, userId, now);

    /// <summary>What the played Identity says has ended early.</summary>
    public RevocationList Revoked { get; set; } = new(DateTimeOffset.UnixEpoch, [], []);

    Task<RevocationList> IRevocationSource.ReadAsync(DateTimeOffset? since, CancellationToken ct) => Task.FromResult(Revoked);

    public string For(Guid userId, string role, DateTimeOffset now, TimeSpan? lifetime = null, string language = "fr") =>
        new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Authentication.Issuer,
            Audience = Authentication.Audience,
            TokenType = Authentication.TokenType,
            Claims = new Dictionary<string, object> { ["sub"] = userId.ToString(), ["role"] = role, ["locale"] = language },
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime,
            Expires = (now + (lifetime ?? TimeSpan.FromMinutes(15))).UtcDateTime,
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.EcdsaSha256)
        });

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri!.AbsolutePath == "/internal/revocations")
            return Task.FromResult(Json(JsonSerializer.Serialize(Revoked, JsonSerializerOptions.Web)));
        var parameters = _key.ECDsa.ExportParameters(includePrivateParameters: false);
        var jwk = new
        {
            kty = "EC",
            use = "sig",
            alg = "ES256",
            crv = "P-256",
            kid = _key.KeyId,
            x = Base64UrlEncoder.Encode(parameters.Q.X),
            y = Base64UrlEncoder.Encode(parameters.Q.Y)
        };
        return Task.FromResult(Json(JsonSerializer.Serialize(new { keys = new[] { jwk } })));
    }

    private static HttpResponseMessage Json(string body) =>
        new(HttpStatusCode.OK) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
}
