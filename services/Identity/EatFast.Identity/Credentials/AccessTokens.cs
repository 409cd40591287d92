using EatFast.Http;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Identity.Credentials;

/// <summary>Signs access tokens: they say who and in which role, never a name, because they travel through every log and proxy.</summary>
internal sealed class AccessTokens(SigningKeys keys, PersonalDataVault vault)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(15);
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly SigningCredentials _credentials = new(keys.Current, SecurityAlgorithms.EcdsaSha256);

    /// <summary>The answer of every route that signs somebody in.</summary>
    public AuthAnswer AnswerFor(User user, Session session, string refreshToken, DateTimeOffset now)
    {
        var token = Issue(user, session.Id, now);
        return new(UserView.Of(user, vault), token, token, refreshToken, (int)Lifetime.TotalSeconds);
    }

    private string Issue(User user, Guid sessionId, DateTimeOffset now) => _handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Authentication.Issuer,
        Audience = Authentication.Audience,
        TokenType = Authentication.TokenType,
        Claims = new Dictionary<string, object>
        {
            ["sub"] = user.Id.ToString(),
            ["role"] = user.Role,
            [Language.Claim] = user.Language,
            [Revocations.SessionClaim] = sessionId.ToString(),
            [Revocations.VersionClaim] = user.TokenVersion,
            ["jti"] = Guid.CreateVersion7(now).ToString()
        },
        IssuedAt = now.UtcDateTime,
        NotBefore = now.UtcDateTime,
        Expires = (now + Lifetime).UtcDateTime,
        SigningCredentials = _credentials
    });
}
