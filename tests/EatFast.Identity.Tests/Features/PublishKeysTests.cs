using System.Text.Json;
using EatFast.Security;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EatFast.Identity.Tests.Features;

public sealed class PublishKeysTests(IdentitySystem system)
{
    [Fact]
    public async Task Anybody_can_check_a_token_with_the_published_keys()
    {
        var registered = await system.RegisterAsync();

        var response = await system.SendAsync(HttpMethod.Get, "/.well-known/jwks.json");

        Assert.Equal("max-age=300, public", string.Join(", ", response.Headers.CacheControl!.ToString().Split(", ").Order()));
        var keys = new JsonWebKeySet(await response.Content.ReadAsStringAsync());
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(registered.AccessToken, new TokenValidationParameters
        {
            ValidIssuer = Authentication.Issuer,
            ValidAudience = Authentication.Audience,
            ValidTypes = [Authentication.TokenType],
            ValidateLifetime = false,
            IssuerSigningKeys = keys.GetSigningKeys()
        });
        Assert.True(result.IsValid, result.Exception?.Message);
    }

    [Fact]
    public async Task The_set_is_bare_holds_no_private_part_and_keeps_the_retired_key()
    {
        var response = await system.SendAsync(HttpMethod.Get, "/.well-known/jwks.json");

        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var keys = json.RootElement.GetProperty("keys").EnumerateArray().ToList();
        Assert.Equal(2, keys.Count);
        foreach (var members in keys.Select(key => key.EnumerateObject().Select(member => member.Name)))
            Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], members.Order(StringComparer.Ordinal));
    }
}
