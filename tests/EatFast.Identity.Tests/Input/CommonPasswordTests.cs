using EatFast.Identity.Credentials;
using EatFast.Identity.Input;

namespace EatFast.Identity.Tests.Input;

public sealed class CommonPasswordTests(IdentitySystem system)
{
    [Theory]
    [InlineData("Password1")]
    [InlineData("PASSWORD1a", false)]
    [InlineData("Douala2025")]
    [InlineData("Qwerty123")]
    [InlineData("Bienvenue2025")]
    [InlineData(IdentitySystem.Password, false)]
    [InlineData("EatFast-Demo-2026", false)]
    public void What_leaked_most_often_is_known_whatever_its_case(string password, bool isCommon = true) =>
        Assert.Equal(isCommon, CommonPasswords.Contains(password));

    [Fact]
    public async Task It_is_refused_where_a_password_is_chosen_and_not_where_one_is_checked()
    {
        var person = IdentitySystem.ANewPerson();
        person["password"] = "Password1";

        await (await system.PostAsync("/api/v1/auth/register", person)).RefusedAsync(400, "VALIDATION_ERROR");

        await (await system.PostAsync("/api/v1/auth/login", new { email = person["email"], password = "Password1" })).RefusedAsync(401, "INVALID_CREDENTIALS");
    }

    [Theory]
    [InlineData("e\u0301te\u0301-A1", "été-A1")]
    [InlineData("Garc\u0327on", "Garçon")]
    [InlineData("\u0301x", "\u0301x")]
    [InlineData("plain", "plain")]
    public void An_accent_typed_behind_its_letter_is_the_same_letter(string typed, string composed) => Assert.Equal(composed, Composition.Of(typed));

    [Fact]
    public async Task A_password_is_the_same_from_both_kinds_of_keyboard()
    {
        using var passwords = new PasswordHasher(4, 10);
        var hash = await passwords.HashAsync("Été-de-Kribi-1", default);

        Assert.True(await passwords.VerifyAsync("E\u0301te\u0301-de-Kribi-1", hash, default));
    }

    [Fact]
    public async Task A_hash_of_another_work_factor_is_made_anew_at_the_next_sign_in()
    {
        using var stronger = new PasswordHasher(5, 10);
        var someone = await system.RegisterAsync();
        var old = stronger.Compute(IdentitySystem.Password);
        await system.Identity.WithDbAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteUpdateAsync(
            db.Users.Where(user => user.Id == someone.UserId), user => user.SetProperty(row => row.PasswordHash, old)));

        await system.SignInAsync(someone.Email);
        await system.SignInAsync(someone.Email);

        var kept = await system.Identity.WithDbAsync(db => Task.FromResult(db.Users.Single(user => user.Id == someone.UserId).PasswordHash));
        Assert.True(stronger.IsOutdated(kept));
        Assert.True(await stronger.VerifyAsync(IdentitySystem.Password, kept, default));
    }
}
