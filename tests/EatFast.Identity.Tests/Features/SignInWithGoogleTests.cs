using System.Buffers.Text;
using System.Text;
using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class SignInWithGoogleTests(IdentitySystem system)
{
    private readonly string _subject = $"{Random.Shared.NextInt64(long.MaxValue)}";

    [Fact]
    public async Task A_stranger_gets_a_customers_account_and_the_same_one_ever_after()
    {
        var email = $"g{_subject}@gmail.com";
        using var first = await EnterAsync(new { sub = _subject, email, given_name = "Aïcha", family_name = "Ngo Bell" });
        Assert.Equal(201, (int)first.StatusCode);
        var made = await SignedIn.OfAsync(first);

        using var second = await EnterAsync(new { sub = _subject, email = $"other{_subject}@gmail.com" });
        var again = await SignedIn.OfAsync(second);

        Assert.Equal((200, made.UserId), ((int)second.StatusCode, again.UserId));
        Assert.Equal(("Aïcha", "customer", true), (
            made.User.GetProperty("firstName").GetString(), made.User.GetProperty("role").GetString(), made.User.GetProperty("emailVerified").GetBoolean()));
        Assert.Single(await system.Identity.AnnouncedAsync<UserRegistered>(), user => user.UserId == made.UserId);
        Assert.DoesNotContain(await system.Identity.AnnouncedAsync<CodeIssued>(), code => code.UserId == made.UserId);
    }

    [Fact]
    public async Task An_account_that_nobody_proved_is_its_owners_and_the_strangers_password_ends()
    {
        var squatter = await system.RegisterAsync();

        var owner = await SignedIn.OfAsync(await EnterAsync(new { sub = _subject, email = squatter.Email }));

        Assert.Equal(squatter.UserId, owner.UserId);
        using var password = await system.PostAsync("/api/v1/auth/login", new { email = squatter.Email, password = IdentitySystem.Password });
        await password.RefusedAsync(401, "INVALID_CREDENTIALS");
        using var session = await system.RefreshAsync(squatter.RefreshToken);
        await session.RefusedAsync(400, "INVALID_REFRESH_TOKEN");
    }

    [Fact]
    public async Task A_proven_account_keeps_its_password_and_belongs_to_one_google_account()
    {
        var known = await system.RegisterAsync();
        await system.Identity.WithDbAsync(db => db.Users.Where(user => user.Id == known.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.EmailVerified, true)));

        await SignedIn.OfAsync(await EnterAsync(new { sub = _subject, email = known.Email }));

        Assert.Equal(known.UserId, (await system.SignInAsync(known.Email)).UserId);
        using var other = await EnterAsync(new { sub = $"9{_subject}", email = known.Email });
        await other.RefusedAsync(401, "GOOGLE_TOKEN_INVALID");
    }

    [Theory]
    [InlineData("aud", "somebody-elses.apps.googleusercontent.com")]
    [InlineData("iss", "https://accounts.example.com")]
    [InlineData("exp", 1)]
    [InlineData("email_verified", false)]
    [InlineData("sub", "")]
    [InlineData("email", "")]
    public async Task A_token_that_is_not_for_us_is_refused(string member, object value)
    {
        var members = new Dictionary<string, object> { ["sub"] = _subject, ["email"] = $"g{_subject}@gmail.com", [member] = value };

        using var answer = await EnterAsync(members);

        await answer.RefusedAsync(401, "GOOGLE_TOKEN_INVALID");
    }

    [Fact]
    public async Task A_forged_token_is_refused_and_a_new_key_of_google_fails_nobody()
    {
        var token = await system.Google.TokenAsync(new { sub = _subject, email = $"g{_subject}@gmail.com" });
        var parts = token.Split('.');
        var unsigned = $"{Base64Url.EncodeToString(Encoding.ASCII.GetBytes("""{"alg":"none","kid":"x"}"""))}.{parts[1]}.";
        foreach (var forged in new[] { unsigned, $"{parts[0]}.{parts[1]}.{parts[2][..^4]}AAAA", "no token", (await system.RegisterAsync()).AccessToken })
        {
            using var refused = await system.PostAsync("/api/v1/auth/google", new { idToken = forged });
            await refused.RefusedAsync(401, "GOOGLE_TOKEN_INVALID");
        }

        await system.Google.ChangeKeysAsync();
        system.Clock.Advance(TimeSpan.FromSeconds(11));
        using var rotated = await EnterAsync(new { sub = _subject, email = $"g{_subject}@gmail.com" });
        Assert.Equal(201, (int)rotated.StatusCode);
    }

    private async Task<HttpResponseMessage> EnterAsync(object members) =>
        await system.PostAsync("/api/v1/auth/google", new { idToken = await system.Google.TokenAsync(members) });
}
