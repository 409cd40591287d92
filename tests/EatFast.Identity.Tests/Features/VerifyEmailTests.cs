namespace EatFast.Identity.Tests.Features;

public sealed class VerifyEmailTests(IdentitySystem system)
{
    private const string Path = "/api/v1/auth/verify-email";

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_code_or_the_link_of_the_first_mail_proves_the_address_once(bool byLink)
    {
        var someone = await system.RegisterAsync();
        Assert.False(someone.User.GetProperty("emailVerified").GetBoolean());
        var (code, token) = await system.CodeForAsync(someone.UserId, "verification");
        object body = byLink ? new { token } : new { email = someone.Email.ToUpperInvariant(), code };

        await (await system.PostAsync(Path, body)).DataAsync();

        Assert.True((await system.GetAsync("/api/v1/auth/me", someone.AccessToken)).GetProperty("emailVerified").GetBoolean());
        await (await system.PostAsync(Path, body)).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task A_code_for_something_else_proves_nothing()
    {
        var someone = await system.RegisterAsync();
        await system.PostAsync("/api/v1/auth/forgot-password", new { email = someone.Email });
        var (_, token) = await system.CodeForAsync(someone.UserId, "resetPassword");

        await (await system.PostAsync(Path, new { token })).RefusedAsync(400, "INVALID_CODE");
        await (await system.PostAsync(Path, new { email = "nobody@example.cm", code = "123456" })).RefusedAsync(400, "INVALID_CODE");
        await (await system.PostAsync(Path, new { email = someone.Email })).RefusedAsync(400, "VALIDATION_ERROR");
    }
}
