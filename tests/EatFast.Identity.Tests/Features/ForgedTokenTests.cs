using System.Net;
using EatFast.Identity.Credentials;
using EatFast.Testing;

namespace EatFast.Identity.Tests.Features;

public sealed class ForgedTokenTests(IdentitySystem system)
{
    [Fact]
    public async Task Every_forged_token_is_refused_and_the_good_one_of_the_same_maker_is_not()
    {
        var someone = await system.RegisterAsync();
        var key = SigningKey.From(TestVault.Secret);
        var tokens = new ForgedTokens(key.ECDsa, key.KeyId, someone.UserId, system.Clock.GetUtcNow());
        var accepted = new List<string>();

        foreach (var (reason, token) in tokens.All)
        {
            var answer = await system.SendAsync(HttpMethod.Get, "/api/v1/auth/me", token: token);
            if (answer.StatusCode != HttpStatusCode.Unauthorized)
                accepted.Add($"{reason}: {(int)answer.StatusCode}");
        }

        Assert.True(tokens.All.Count >= 25);
        Assert.Empty(accepted);
        Assert.Equal(HttpStatusCode.OK, (await system.SendAsync(HttpMethod.Get, "/api/v1/auth/me", token: tokens.Good())).StatusCode);
    }
}
