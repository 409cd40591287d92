namespace EatFast.Identity.Tests.Features;

public sealed class OtpTests(IdentitySystem system)
{
    private const string Send = "/api/v1/auth/send-otp";
    private const string Verify = "/api/v1/auth/verify-otp";

    [Fact]
    public async Task Six_digits_by_text_message_sign_in_once_and_prove_the_number()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        var local = ((string)person["phone"]!)[4..];
        var sent = await (await system.PostAsync(Send, new { destination = local, type = "login", method = "sms" })).DataAsync();
        Assert.Equal(300, sent.GetProperty("expiresIn").GetInt32());
        var (code, _) = await system.CodeForAsync(someone.UserId, "login");

        var signedIn = await SignedIn.OfAsync(await system.PostAsync(Verify, new { destination = person["phone"], code, type = "login" }));

        Assert.Equal(someone.UserId, signedIn.UserId);
        Assert.True(signedIn.User.GetProperty("phoneVerified").GetBoolean());
        await (await system.PostAsync(Verify, new { destination = person["phone"], code, type = "login" })).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task The_documented_older_form_works_too()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        var sent = await (await system.PostAsync("/api/v1/auth/phone-login", new { phone = person["phone"], countryCode = "+237" })).DataAsync();
        var (otpCode, _) = await system.CodeForAsync(someone.UserId, "login");
        var body = new { otpId = sent.GetProperty("otpId").GetGuid(), otpCode, phone = person["phone"] };

        Assert.Equal(someone.UserId, (await SignedIn.OfAsync(await system.PostAsync(Verify, body))).UserId);
    }

    [Fact]
    public async Task A_code_for_a_new_password_is_looked_at_and_still_good_for_setting_it()
    {
        var someone = await system.RegisterAsync();
        await system.PostAsync(Send, new { destination = someone.Email, type = "resetPassword", method = "email" });
        var (code, _) = await system.CodeForAsync(someone.UserId, "resetPassword");

        var looked = await (await system.PostAsync(Verify, new { destination = someone.Email, code, type = "resetPassword" })).DataAsync();

        Assert.True(looked.GetProperty("verified").GetBoolean());
        await (await system.PostAsync("/api/v1/auth/reset-password", new { email = someone.Email, code, newPassword = "Next-Secret-3" })).DataAsync();
    }

    [Fact]
    public async Task A_code_is_not_good_for_something_else_after_five_minutes_or_for_a_closed_account()
    {
        var someone = await system.RegisterAsync();
        await system.PostAsync(Send, new { destination = someone.Email, type = "login" });
        var (code, _) = await system.CodeForAsync(someone.UserId, "login");
        await (await system.PostAsync(Verify, new { destination = someone.Email, code, type = "verification" })).RefusedAsync(400, "INVALID_CODE");
        system.Clock.Advance(TimeSpan.FromMinutes(6));
        await (await system.PostAsync(Verify, new { destination = someone.Email, code, type = "login" })).RefusedAsync(400, "INVALID_CODE");

        var admin = await system.AnAdminAsync();
        await system.PostAsync(Send, new { destination = someone.Email, type = "login" });
        var (second, _) = await system.CodeForAsync(someone.UserId, "login");
        await system.ReadAsync(HttpMethod.Put, $"/api/v1/admin/users/{someone.UserId}/status", new { status = "inactive", reason = "x" }, admin.AccessToken);
        await (await system.PostAsync(Verify, new { destination = someone.Email, code = second, type = "login" })).RefusedAsync(403, "ACCOUNT_SUSPENDED");
    }

    [Theory]
    [InlineData("""{"destination":"nobody"}""")]
    [InlineData("""{"destination":"a@b.cm","method":"sms"}""")]
    [InlineData("""{"destination":"+237677777777","type":"odd"}""")]
    [InlineData("""{}""")]
    public async Task A_wrong_body_is_refused(string body) =>
        await (await system.PostAsync(Send, System.Text.Json.JsonSerializer.Deserialize<object>(body)!)).RefusedAsync(400, "VALIDATION_ERROR");

    [Fact]
    public async Task Three_codes_in_ten_minutes_are_the_most_for_one_number()
    {
        var destination = $"+2376771{Random.Shared.Next(10_000, 99_999)}";
        for (var time = 0; time < 3; time++)
            await (await system.PostAsync(Send, new { destination, type = "login" })).DataAsync();

        await (await system.PostAsync(Send, new { destination, type = "login" })).RefusedAsync(429, "CODE_LIMIT_REACHED");
    }
}
