using System.Net.Http.Json;
using EatFast.Identity.Contracts;
using EatFast.Identity.Contracts.V1;
using EatFast.Security;
using Grpc.Net.Client;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Tests.Features;

/// <summary>A guest proves a number by a code; the session remembers a hash, and neighbours hear yes or no.</summary>
public sealed class GuestPhoneTests(IdentitySystem system) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        "http://identity", new GrpcChannelOptions { HttpHandler = system.Identity.Server.CreateHandler() });

    [Fact]
    public async Task Six_digits_prove_a_number_once_and_neighbours_hear_yes_to_that_number_alone()
    {
        var (session, phone) = (await StartAsync(), APhone());
        Assert.False(await IsProvenAsync(session, phone));

        var (sent, code) = (await (await AskAsync(session, phone)).DataAsync(), await CodeToAsync(phone));
        var proven = await (await VerifyAsync(session, phone[4..], $" {code} ")).DataAsync();

        Assert.Equal(300, sent.GetProperty("expiresIn").GetInt32());
        Assert.True(proven.GetProperty("verified").GetBoolean());
        Assert.Equal(
            (true, true, false, false),
            (await IsProvenAsync(session, phone), await IsProvenAsync(session, phone[1..]), await IsProvenAsync(session, APhone()),
                await IsProvenAsync(session, "")));
        await (await VerifyAsync(session, phone, code)).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task The_number_rests_as_a_hash_and_the_last_one_proven_counts()
    {
        var (session, first, second) = (await StartAsync(), APhone(), APhone());

        await ProveAsync(session, first);
        await ProveAsync(session, second);

        Assert.Equal((false, true), (await IsProvenAsync(session, first), await IsProvenAsync(session, second)));
        var index = TestVault.Create().PhoneIndex(second);
        var row = await system.Identity.WithDbAsync(db => db.GuestSessions.AsNoTracking().SingleAsync(guest => guest.PhoneIndex == index));
        Assert.Equal(system.Clock.GetUtcNow(), row.PhoneProvenAt!.Value, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_wrong_code_is_refused_and_the_fifth_ends_the_right_one()
    {
        var (session, phone) = (await StartAsync(), APhone());
        var code = await CodeAsync(session, phone);

        for (var time = 0; time < 5; time++)
            await (await VerifyAsync(session, phone, Another(code))).RefusedAsync(400, "INVALID_CODE");

        await (await VerifyAsync(session, phone, code)).RefusedAsync(400, "INVALID_CODE");
        Assert.False(await IsProvenAsync(session, phone));
    }

    [Fact]
    public async Task A_code_proves_no_other_number_and_opens_no_account()
    {
        var person = IdentitySystem.ANewPerson();
        var someone = await system.RegisterAsync(person);
        await system.ProveAsync(someone.UserId);
        var (session, phone) = (await StartAsync(), (string)person["phone"]!);
        var code = await CodeAsync(session, phone);

        await (await VerifyAsync(session, APhone(), code)).RefusedAsync(400, "INVALID_CODE");
        foreach (var type in new[] { "login", "verification", "resetPassword" })
            await (await system.PostAsync("/api/v1/auth/verify-otp", new { destination = phone, code, type }))
                .RefusedAsync(400, "INVALID_CODE");
        await (await VerifyAsync(session, phone, code)).DataAsync();
    }

    [Fact]
    public async Task Another_session_can_neither_use_a_code_nor_use_up_its_tries_nor_end_it()
    {
        var (mine, other, phone) = (await StartAsync(), await StartAsync(), APhone());
        var code = await CodeAsync(mine, phone);

        for (var time = 0; time < 6; time++)
            await (await VerifyAsync(other, phone, time == 0 ? code : Another(code))).RefusedAsync(400, "INVALID_CODE");
        await (await AskAsync(other, phone)).DataAsync();

        await (await VerifyAsync(mine, phone, code)).DataAsync();
        Assert.Equal((true, false), (await IsProvenAsync(mine, phone), await IsProvenAsync(other, phone)));
    }

    [Fact]
    public async Task A_code_is_over_after_five_minutes_and_when_the_session_has_a_newer_one()
    {
        var (session, phone) = (await StartAsync(), APhone());
        var older = await CodeAsync(session, phone);
        var newer = await CodeAsync(session, phone);

        if (older != newer)
            await (await VerifyAsync(session, phone, older)).RefusedAsync(400, "INVALID_CODE");
        system.Clock.Advance(TimeSpan.FromMinutes(6));
        await (await VerifyAsync(session, phone, newer)).RefusedAsync(400, "INVALID_CODE");
    }

    [Fact]
    public async Task Three_codes_in_ten_minutes_are_the_most_for_one_number_from_all_sessions_and_accounts_together()
    {
        var phone = APhone();
        await (await AskAsync(await StartAsync(), phone)).DataAsync();
        await (await AskAsync(await StartAsync(), phone)).DataAsync();
        await (await system.PostAsync("/api/v1/auth/send-otp", new { destination = phone, type = "login" })).DataAsync();

        var over = await (await AskAsync(await StartAsync(), phone)).RefusedAsync(429, "CODE_LIMIT_REACHED");

        Assert.InRange(over.GetProperty("retryAfter").GetInt32(), 1, 600);
    }

    [Fact]
    public async Task One_network_range_causes_a_days_worth_of_text_messages_and_no_more()
    {
        var (session, range) = (await StartAsync(), $"198.20.{Random.Shared.Next(250)}");
        for (var number = 0; number < 40; number++)
            await (await AskAsync(session, APhone(), $"{range}.{number}")).DataAsync();

        var over = await AskAsync(session, APhone(), $"{range}.99");
        var elsewhere = await AskAsync(session, APhone(), "198.21.1.1");

        await over.RefusedAsync(429, "CODE_LIMIT_REACHED");
        await elsewhere.DataAsync();
    }

    [Fact]
    public async Task Without_a_living_session_nothing_is_sent_or_proven()
    {
        var (old, phone) = (await StartAsync(), APhone());
        system.Clock.Advance(TimeSpan.FromDays(8));

        foreach (var session in new[] { old, $"{Guid.NewGuid()}", "" })
        {
            await (await AskAsync(session, phone)).RefusedAsync(401, "GUEST_SESSION_EXPIRED");
            await (await VerifyAsync(session, phone, "123456")).RefusedAsync(401, "GUEST_SESSION_EXPIRED");
        }
    }

    [Theory]
    [InlineData("+33612345678")]
    [InlineData("+237222221234")]
    [InlineData("12345")]
    [InlineData(null)]
    public async Task Only_a_mobile_of_this_country_gets_a_code(string? phone) =>
        await (await AskAsync(await StartAsync(), phone)).RefusedAsync(400, "VALIDATION_ERROR");

    public void Dispose() => _channel.Dispose();

    private static string APhone() => $"+2376790{Random.Shared.Next(10_000, 99_999)}";

    private static string Another(string code) => code == "000000" ? "000001" : "000000";

    private async Task<string> StartAsync() =>
        (await (await system.SendAsync(HttpMethod.Post, "/api/v1/guest/session")).DataAsync()).GetProperty("sessionId").GetString()!;

    private async Task ProveAsync(string session, string phone) =>
        await (await VerifyAsync(session, phone, await CodeAsync(session, phone))).DataAsync();

    private async Task<string> CodeAsync(string session, string phone)
    {
        await (await AskAsync(session, phone)).DataAsync();
        return await CodeToAsync(phone);
    }

    private Task<HttpResponseMessage> AskAsync(string session, string? phone, string? from = null) =>
        SendAsync(session, "code", new { phone }, from);

    private Task<HttpResponseMessage> VerifyAsync(string session, string phone, string code) =>
        SendAsync(session, "verify", new { phone, code });

    private async Task<HttpResponseMessage> SendAsync(string session, string path, object body, string? from = null)
    {
        using var client = system.ClientOf("identity");
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Guest-Session", session);
        if (from is not null)
            client.DefaultRequestHeaders.Add("X-Forwarded-For", from);
        return await client.PostAsync(new Uri($"/api/v1/guest/phone/{path}", UriKind.Relative), JsonContent.Create(body));
    }

    private async Task<bool> IsProvenAsync(string session, string phone)
    {
        var asked = new GetGuestSessionRequest { SessionId = session, Phone = phone };
        return (await new Contracts.V1.Identity.IdentityClient(_channel).GetGuestSessionAsync(asked)).PhoneProven;
    }

    // As the sender of codes reads it: an account is never named.
    private async Task<string> CodeToAsync(string phone)
    {
        var cipher = new FieldCipher(CodeSeal.Purpose, TestVault.Secret, []);
        var issued = (await system.Identity.AnnouncedAsync<CodeIssued>())
            .Last(code => code.Purpose == "guestPhone" && cipher.Open(code.SealedAddress, CodeSeal.Place("address", code.CodeId)) == phone);
        Assert.Null(issued.UserId);
        return cipher.Open(issued.SealedCode, CodeSeal.Place("code", issued.CodeId));
    }
}
