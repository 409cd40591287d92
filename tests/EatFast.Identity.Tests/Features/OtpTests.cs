using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class OtpTests(IdentitySystem system)
{
    private const string Send = "/api/v1/auth/send-otp";
    private const string Verify = "/api/v1/auth/verify-otp";

    [Fact]
    public async Task Six_digits_by_text_message_sign_in_once_where_the_number_was_proven()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        await system.ProveAsync(someone.UserId);
        var local = ((string)person["phone"]!)[4..];
        var sent = await (await system.PostAsync(Send, new { destination = local, type = "login", method = "sms" })).DataAsync();
        Assert.Equal(300, sent.GetProperty("expiresIn").GetInt32());
        var (code, _) = await system.CodeForAsync(someone.UserId, "login");

        var signedIn = await SignedIn.OfAsync(await system.PostAsync(Verify, new { destination = person["phone"], code, type = "login" }));

        Assert.Equal(someone.UserId, signedIn.UserId);
        await (await system.PostAsync(Verify, new { destination = person["phone"], code, type = "login" })).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task The_documented_older_form_works_too()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        await system.ProveAsync(someone.UserId);
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
        await system.ProveAsync(someone.UserId);
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

    [Fact]
    public async Task A_number_that_was_never_proven_gets_no_message_and_opens_nothing()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);

        await (await system.PostAsync(Send, new { destination = person["phone"], type = "login" })).DataAsync();
        await (await system.PostAsync(Send, new { destination = person["phone"], type = "resetPassword" })).DataAsync();

        Assert.DoesNotContain(await system.Identity.AnnouncedAsync<CodeIssued>(), code => code.UserId == someone.UserId && code.Channel == "sms");
    }

    [Fact]
    public async Task A_number_is_proven_by_who_is_signed_in_to_the_account_alone()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        await system.PostAsync(Send, new { destination = person["phone"], type = "verification" });
        var (code, _) = await system.CodeForAsync(someone.UserId, "verification");
        var body = new { destination = person["phone"], code, type = "verification" };
        await (await system.PostAsync(Verify, body)).RefusedAsync(400, "INVALID_CODE");

        var proven = await (await system.PostAsync(Verify, body, someone.AccessToken)).DataAsync();

        Assert.True(proven.GetProperty("user").GetProperty("phoneVerified").GetBoolean());
        Assert.False(proven.TryGetProperty("accessToken", out _));
    }

    [Fact]
    public async Task The_days_code_of_a_new_account_proves_its_address_and_signs_nobody_in()
    {
        var someone = await system.RegisterAsync();
        var (code, _) = await system.CodeForAsync(someone.UserId, "verification");

        var answer = await (await system.PostAsync(Verify, new { destination = someone.Email, code, type = "verification" })).DataAsync();

        Assert.True(answer.GetProperty("verified").GetBoolean());
        Assert.False(answer.TryGetProperty("user", out _) || answer.TryGetProperty("accessToken", out _));
        Assert.True((await system.GetAsync("/api/v1/auth/me", someone.AccessToken)).GetProperty("emailVerified").GetBoolean());
    }

    [Fact]
    public async Task A_code_to_a_proven_number_sets_a_new_password_and_proves_no_address()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        await system.Identity.WithDbAsync(db => db.Users.Where(user => user.Id == someone.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.PhoneVerified, true)));
        await system.PostAsync(Send, new { destination = person["phone"], type = "resetPassword", method = "sms" });
        var (code, _) = await system.CodeForAsync(someone.UserId, "resetPassword");

        await (await system.PostAsync("/api/v1/auth/reset-password", new { phone = person["phone"], code, newPassword = "Next-Secret-3" })).DataAsync();

        Assert.False((await system.SignInAsync(someone.Email, "Next-Secret-3")).User.GetProperty("emailVerified").GetBoolean());
    }

    [Fact]
    public async Task One_network_range_causes_a_days_worth_of_text_messages_and_no_more()
    {
        var range = $"198.18.{Random.Shared.Next(250)}";
        for (var number = 0; number < 40; number++)
        {
            var person = IdentitySystem.ANewPerson();
            await system.ProveAsync((await system.RegisterAsync(person)).UserId);
            var sent = await system.SendAsync(HttpMethod.Post, Send, new { destination = person["phone"], type = "login" }, from: $"{range}.{number}");
            await sent.DataAsync();
        }
        var last = IdentitySystem.ANewPerson();
        await system.ProveAsync((await system.RegisterAsync(last)).UserId);

        var over = await system.SendAsync(HttpMethod.Post, Send, new { destination = last["phone"], type = "login" }, from: $"{range}.99");
        var elsewhere = await system.SendAsync(HttpMethod.Post, Send, new { destination = last["phone"], type = "login" }, from: "198.19.1.1");

        await over.RefusedAsync(429, "CODE_LIMIT_REACHED");
        await elsewhere.DataAsync();
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
