using System.Net;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

public sealed class SignInGuardTests(IdentitySystem system)
{
    private static int _places;

    [Fact]
    public async Task After_five_failures_each_further_one_makes_the_next_wait_longer()
    {
        using var still = system.Clock.Hold();
        var someone = await system.RegisterAsync();
        var place = NewPlace();
        var waits = new List<int>();
        for (var failure = 0; failure < 5; failure++)
            await (await GuessAsync(someone.Email, place)).RefusedAsync(401, "INVALID_CREDENTIALS");

        for (var failure = 0; failure < 3; failure++)
        {
            var refused = await (await GuessAsync(someone.Email, place)).RefusedAsync(429, "TOO_MANY_ATTEMPTS");
            waits.Add(refused.GetProperty("retryAfter").GetInt32());
            system.Clock.Advance(TimeSpan.FromSeconds(waits[^1]));
            await (await GuessAsync(someone.Email, place)).RefusedAsync(401, "INVALID_CREDENTIALS");
        }

        Assert.Equal([1, 2, 4], waits);
    }

    [Fact]
    public async Task Ten_failures_lock_that_place_out_for_a_quarter_of_an_hour_but_not_the_owner_elsewhere()
    {
        using var still = system.Clock.Hold();
        var someone = await system.RegisterAsync();
        var thief = NewPlace();
        for (var failure = 0; failure < 10; failure++)
        {
            await (await GuessAsync(someone.Email, thief)).RefusedAsync(401, "INVALID_CREDENTIALS");
            system.Clock.Advance(TimeSpan.FromSeconds(61));
        }

        var locked = await LoginAsync(someone.Email, IdentitySystem.Password, thief);

        await locked.RefusedAsync(429, "TOO_MANY_ATTEMPTS");
        Assert.InRange(locked.Headers.RetryAfter!.Delta!.Value.TotalMinutes, 10, 15);
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(someone.Email, IdentitySystem.Password, NewPlace())).StatusCode);
        system.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(someone.Email, IdentitySystem.Password, thief)).StatusCode);
    }

    [Fact]
    public async Task Guesses_sent_side_by_side_do_not_slip_past_the_count()
    {
        var someone = await system.RegisterAsync();
        var place = NewPlace();

        var burst = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => GuessAsync(someone.Email, place)));

        var judged = burst.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized);
        var counted = await system.Identity.WithDbAsync(db => db.SignInFailures.CountAsync(row =>
            row.IsCertain && db.Users.Any(user => user.Id == someone.UserId && user.EmailIndex == row.Account)));
        Assert.InRange(judged, 1, 20);
        Assert.Equal(judged, counted);
    }

    [Fact]
    public async Task An_account_that_does_not_exist_is_slowed_down_alike()
    {
        using var still = system.Clock.Hold();
        var email = $"nobody{Guid.NewGuid():N}@example.cm";
        var place = NewPlace();
        for (var failure = 0; failure < 5; failure++)
            await (await GuessAsync(email, place)).RefusedAsync(401, "INVALID_CREDENTIALS");

        await (await GuessAsync(email, place)).RefusedAsync(429, "TOO_MANY_ATTEMPTS");
    }

    [Fact]
    public async Task Who_gets_in_starts_anew()
    {
        using var still = system.Clock.Hold();
        var someone = await system.RegisterAsync();
        var place = NewPlace();
        for (var round = 0; round < 3; round++)
        {
            for (var failure = 0; failure < 4; failure++)
                await (await GuessAsync(someone.Email, place)).RefusedAsync(401, "INVALID_CREDENTIALS");
            Assert.Equal(HttpStatusCode.OK, (await LoginAsync(someone.Email, IdentitySystem.Password, place)).StatusCode);
        }
    }

    [Fact]
    public async Task An_address_that_tries_many_accounts_has_to_wait_but_a_known_device_gets_in()
    {
        var place = NewPlace();
        var known = await system.RegisterAsync();
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(known.Email, IdentitySystem.Password, place)).StatusCode);
        for (var account = 0; account < 20; account++)
            await (await GuessAsync($"spray{account}-{Guid.NewGuid():N}@example.cm", place)).RefusedAsync(401, "INVALID_CREDENTIALS");

        await (await GuessAsync($"spray{Guid.NewGuid():N}@example.cm", place)).RefusedAsync(429, "TOO_MANY_ATTEMPTS");
        Assert.Equal(HttpStatusCode.OK, (await LoginAsync(known.Email, IdentitySystem.Password, place)).StatusCode);
        system.Clock.Advance(TimeSpan.FromMinutes(11));
        await (await GuessAsync($"spray{Guid.NewGuid():N}@example.cm", place)).RefusedAsync(401, "INVALID_CREDENTIALS");
    }

    [Fact]
    public async Task However_many_devices_guess_an_account_bears_a_hundred_failures_an_hour()
    {
        var someone = await system.RegisterAsync();
        var judged = 0;
        for (var device = 0; device < 30; device++)
        {
            var place = NewPlace();
            for (var guess = 0; guess < 4; guess++)
                judged += (await GuessAsync(someone.Email, place)).StatusCode == HttpStatusCode.Unauthorized ? 1 : 0;
        }

        Assert.Equal(100, judged);
        await (await LoginAsync(someone.Email, IdentitySystem.Password, NewPlace())).RefusedAsync(429, "TOO_MANY_ATTEMPTS");
        await system.SignInAsync(someone.Email);
    }

    private Task<HttpResponseMessage> GuessAsync(string email, string place) => LoginAsync(email, "Wrong-Pass-1", place);

    private Task<HttpResponseMessage> LoginAsync(string email, string password, string place) =>
        system.SendAsync(HttpMethod.Post, "/api/v1/auth/login", new { email, password }, from: place);

    private static string NewPlace() => $"10.{Interlocked.Increment(ref _places) / 250}.{_places % 250}.7";
}
