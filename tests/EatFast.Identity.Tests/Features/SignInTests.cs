using System.Diagnostics.Metrics;
using System.Net;
using EatFast.Identity.Credentials;
using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.IdentityModel.JsonWebTokens;

namespace EatFast.Identity.Tests.Features;

public sealed class SignInTests(IdentitySystem system)
{
    [Fact]
    public async Task The_access_token_says_who_in_which_role_and_session_for_15_minutes()
    {
        var registered = await system.RegisterAsync();

        var token = new JsonWebToken((await system.SignInAsync(registered.Email)).AccessToken);

        Assert.Equal("at+jwt", token.Typ);
        Assert.Equal("ES256", token.Alg);
        Assert.Equal(registered.UserId.ToString(), token.Subject);
        Assert.Equal("customer", token.GetClaim("role").Value);
        Assert.True(Guid.TryParse(token.GetClaim("sid").Value, out _));
        Assert.True(Guid.TryParse(token.Id, out _));
        Assert.Equal(TimeSpan.FromMinutes(15), token.ValidTo - token.IssuedAt);
        Assert.Equal(token.IssuedAt, token.ValidFrom);
    }

    [Fact]
    public async Task The_address_is_known_in_any_case_and_the_sign_in_is_dated()
    {
        var registered = await system.RegisterAsync();
        system.Clock.Advance(TimeSpan.FromMinutes(1));

        var signedIn = await system.SignInAsync(registered.Email.ToUpperInvariant());

        Assert.Equal(registered.UserId, signedIn.UserId);
        Assert.True(LastLoginOf(signedIn) > LastLoginOf(registered));
    }

    [Fact]
    public async Task An_unknown_address_costs_and_answers_the_same_as_a_wrong_password()
    {
        var registered = await system.RegisterAsync();
        var verifications = 0;
        using var meter = new MeterListener { InstrumentPublished = ListenToVerifications };
        meter.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref verifications, (int)value));
        meter.Start();

        var wrong = await RefusalOf(registered.Email);
        Assert.Equal(1, verifications);
        var unknown = await RefusalOf("nobody@example.cm");

        Assert.Equal(2, verifications);
        Assert.Equal(wrong, unknown);
    }

    [Theory]
    [InlineData(UserStatus.Suspended)]
    [InlineData(UserStatus.Inactive)]
    public async Task A_closed_account_stays_out_with_the_right_password_and_is_not_revealed_by_a_wrong_one(string status)
    {
        var registered = await system.RegisterAsync();
        await system.Identity.WithDbAsync(db => db.Users.Where(user => user.Id == registered.UserId)
            .ExecuteUpdateAsync(user => user.SetProperty(row => row.Status, status)));

        var right = await system.PostAsync("/api/v1/auth/login", new { email = registered.Email, password = IdentitySystem.Password });
        await right.RefusedAsync(403, "ACCOUNT_SUSPENDED");
        await RefusalOf(registered.Email);
        await (await system.RefreshAsync(registered.RefreshToken)).RefusedAsync(403, "ACCOUNT_SUSPENDED");
    }

    [Fact]
    public async Task An_account_waiting_for_approval_may_sign_in_and_read_its_profile()
    {
        var registered = await system.RegisterAsync(IdentitySystem.ANewPerson("driver"));

        var signedIn = await system.SignInAsync(registered.Email);
        var profile = await (await system.SendAsync(HttpMethod.Get, "/api/v1/users/profile", token: signedIn.AccessToken)).DataAsync();

        Assert.Equal("pending", profile.GetProperty("status").GetString());
    }

    [Fact]
    public async Task Five_devices_stay_signed_in_and_a_sixth_signs_the_oldest_out()
    {
        var devices = new List<SignedIn> { await system.RegisterAsync() };
        for (var device = 0; device < 5; device++)
            devices.Add(await system.SignInAsync(devices[0].Email));

        await (await system.RefreshAsync(devices[0].RefreshToken)).RefusedAsync(400, "INVALID_REFRESH_TOKEN");
        foreach (var device in devices.Skip(1))
            await SignedIn.OfAsync(await system.RefreshAsync(device.RefreshToken));
    }

    [Fact]
    public async Task Sign_ins_at_once_never_leave_more_than_five_devices()
    {
        var registered = await system.RegisterAsync();

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => system.SignInAsync(registered.Email)));

        var live = await system.Identity.WithDbAsync(db =>
            db.Sessions.CountAsync(session => session.UserId == registered.UserId && session.RevokedAt == null));
        Assert.Equal(Session.MaxPerUser, live);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"email\":\"a@b.cm\"}")]
    [InlineData("{\"email\":\"a@b.cm\",\"password\":null}")]
    [InlineData("{\"email\":{},\"password\":\"x\"}")]
    [InlineData("{\"email\":\"a@b.cm\",\"password\":\"x\",\"role\":\"admin\"}")]
    [InlineData("{\"email\":\"a@b.cm\",\"email\":\"c@d.cm\",\"password\":\"x\"}")]
    public async Task A_wrong_body_is_refused(string body)
    {
        using var client = system.ClientOf("identity");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");

        await (await client.PostAsync(new Uri("/api/v1/auth/login", UriKind.Relative), content)).RefusedAsync(400, "VALIDATION_ERROR");
    }

    private static DateTimeOffset LastLoginOf(SignedIn someone) => someone.User.GetProperty("lastLoginAt").GetDateTimeOffset();

    private async Task<string> RefusalOf(string email)
    {
        var response = await system.PostAsync("/api/v1/auth/login", new { email, password = "Wrong-Pass-1", rememberMe = true });
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        var refused = await response.RefusedAsync(401, "INVALID_CREDENTIALS");
        return refused.GetProperty("message").GetString()!;
    }

    private static void ListenToVerifications(Instrument instrument, MeterListener listener)
    {
        if (instrument.Name == PasswordHasher.VerificationsCounter)
            listener.EnableMeasurementEvents(instrument);
    }
}
