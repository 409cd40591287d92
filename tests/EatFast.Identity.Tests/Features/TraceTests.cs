using EatFast.Security;

namespace EatFast.Identity.Tests.Features;

/// <summary>What the audit log hears of people coming and going.</summary>
public sealed class TraceTests(IdentitySystem system)
{
    [Fact]
    public async Task Registration_success_failure_and_lock_leave_a_trace()
    {
        using var still = system.Clock.Hold();
        var someone = await system.RegisterAsync();
        await system.SignInAsync(someone.Email);
        for (var failure = 0; failure < 10; failure++)
        {
            await (await system.SendAsync(
                HttpMethod.Post, "/api/v1/auth/login", new { email = someone.Email, password = "Wrong-Pass-1" }, from: "203.0.113.31"))
                .RefusedAsync(401, "INVALID_CREDENTIALS");
            system.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        var actions = await system.ActionsOnAsync(someone.UserId);

        Assert.Equal(["user.registered", "user.signed_in", .. Enumerable.Repeat("user.sign_in_failed", 9), "user.sign_in_locked"], actions);
    }

    [Fact]
    public async Task Who_looks_through_the_accounts_is_known_but_not_for_whom()
    {
        var admin = await system.AnAdminAsync();

        await system.GetAsync("/api/v1/admin/users?role=customer&search=canary.search%40example.cm", admin.AccessToken);

        var told = Assert.Single(await system.Identity.AnnouncedAsync<ActionRecorded>(), one => one.Action == "user.listed" && one.ActorId == admin.UserId);
        Assert.Equal(("customer", "yes"), (told.Details["role"], told.Details["searched"]));
        Assert.DoesNotContain(told.Details.Values, value => value.Contains("canary", StringComparison.Ordinal));
    }
}
