using EatFast.Identity.Contracts;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EatFast.Identity.Tests.Features;

public sealed class GuestTests(IdentitySystem system) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        "http://identity", new GrpcChannelOptions { HttpHandler = system.Identity.Server.CreateHandler() });

    [Theory]
    [InlineData("/api/v1/guest/convert")]
    [InlineData("/api/v1/users/convert-guest")]
    public async Task A_guest_makes_an_account_by_either_route_and_neighbours_hear_which_guest_it_was(string path)
    {
        var session = await StartAsync();
        var guest = await Ask(session);
        var email = $"guest{Guid.NewGuid():N}@example.cm";

        var signedIn = await SignedIn.OfAsync(await ConvertAsync(path, session, new { email, password = IdentitySystem.Password, firstName = "Éric" }));

        Assert.Equal((email, "customer"), (signedIn.Email, signedIn.User.GetProperty("role").GetString()));
        var told = Assert.Single(await system.Identity.AnnouncedAsync<GuestConverted>(), one => one.UserId == signedIn.UserId);
        Assert.Equal(guest.GuestId, $"{told.GuestId}");
        Assert.NotEqual(session, guest.GuestId);
        await system.SignInAsync(email);
    }

    [Fact]
    public async Task Of_equal_conversions_at_once_one_makes_an_account()
    {
        var session = await StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 5).Select(number =>
            ConvertAsync("/api/v1/guest/convert", session, new { email = $"g{number}{Guid.NewGuid():N}@example.cm", password = IdentitySystem.Password })));

        Assert.Single(answers, answer => answer.IsSuccessStatusCode);
        foreach (var lost in answers.Where(answer => !answer.IsSuccessStatusCode))
            await lost.RefusedAsync(409, "GUEST_ALREADY_CONVERTED");
        var gone = await Assert.ThrowsAsync<RpcException>(() => Ask(session));
        Assert.Equal(StatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task A_session_nobody_has_or_that_ran_out_is_not_there()
    {
        var body = new { email = $"g{Guid.NewGuid():N}@example.cm", password = IdentitySystem.Password };
        await (await ConvertAsync("/api/v1/guest/convert", $"{Guid.NewGuid()}", body)).RefusedAsync(404, "GUEST_SESSION_NOT_FOUND");
        await (await ConvertAsync("/api/v1/guest/convert", "", body)).RefusedAsync(404, "GUEST_SESSION_NOT_FOUND");
        var session = await StartAsync();
        system.Clock.Advance(TimeSpan.FromDays(8));

        await (await ConvertAsync("/api/v1/guest/convert", session, body)).RefusedAsync(401, "GUEST_SESSION_EXPIRED");
        await Assert.ThrowsAsync<RpcException>(() => Ask(session));
    }

    [Fact]
    public async Task An_address_that_has_an_account_is_refused_and_the_guest_may_try_another()
    {
        var someone = await system.RegisterAsync();
        var session = await StartAsync();

        await (await ConvertAsync("/api/v1/guest/convert", session, new { email = someone.Email, password = IdentitySystem.Password }))
            .RefusedAsync(409, "EMAIL_ALREADY_EXISTS");

        await SignedIn.OfAsync(await ConvertAsync("/api/v1/guest/convert", session, new { email = $"g{Guid.NewGuid():N}@example.cm", password = IdentitySystem.Password }));
    }

    public void Dispose() => _channel.Dispose();

    private async Task<GetGuestSessionReply> Ask(string session) =>
        await new Contracts.V1.Identity.IdentityClient(_channel).GetGuestSessionAsync(new GetGuestSessionRequest { SessionId = session });

    private async Task<string> StartAsync()
    {
        var answer = await (await system.SendAsync(HttpMethod.Post, "/api/v1/guest/session")).DataAsync();
        Assert.Equal(answer.GetProperty("sessionId").GetString(), answer.GetProperty("session").GetProperty("id").GetString());
        return answer.GetProperty("sessionId").GetString()!;
    }

    private async Task<HttpResponseMessage> ConvertAsync(string path, string session, object body)
    {
        using var client = system.ClientOf("identity");
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Guest-Session", session);
        return await client.PostAsync(new Uri(path, UriKind.Relative), System.Net.Http.Json.JsonContent.Create(body));
    }
}
