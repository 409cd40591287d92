using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using Grpc.Net.Client;

namespace EatFast.Identity.Tests.Features;

public sealed class GrpcTests(IdentitySystem system) : IDisposable
{
    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(
        "http://identity", new GrpcChannelOptions { HttpHandler = system.Identity.Server.CreateHandler() });

    private Contracts.V1.Identity.IdentityClient Client => new(_channel);

    [Fact]
    public async Task A_neighbour_learns_role_and_state()
    {
        var driver = await system.RegisterAsync(IdentitySystem.ANewPerson("driver"));

        var reply = await Client.GetUserAsync(new GetUserRequest { UserId = driver.UserId.ToString() });

        Assert.Equal((driver.UserId.ToString(), "delivery_agent", "pending"), (reply.UserId, reply.Role, reply.Status));
    }

    [Fact]
    public async Task A_neighbour_learns_how_to_reach_somebody()
    {
        var person = IdentitySystem.ANewPerson();
        var registered = await system.RegisterAsync(person);

        var reply = await Client.GetContactAsync(new GetContactRequest { UserId = registered.UserId.ToString() });

        Assert.Equal(
            ("Aïcha", "Ngo Bell", (string)person["email"]!, (string)person["phone"]!, "fr"),
            (reply.FirstName, reply.LastName, reply.Email, reply.Phone, reply.Language));
    }

    [Theory]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("01990000-0000-7000-8000-00000000ffff")]
    public async Task An_unknown_account_is_not_found(string userId)
    {
        var (who, where) = (new GetUserRequest { UserId = userId }, new GetContactRequest { UserId = userId });

        var user = await Assert.ThrowsAsync<RpcException>(async () => await Client.GetUserAsync(who));
        var contact = await Assert.ThrowsAsync<RpcException>(async () => await Client.GetContactAsync(where));

        Assert.Equal((StatusCode.NotFound, StatusCode.NotFound), (user.StatusCode, contact.StatusCode));
    }

    public void Dispose() => _channel.Dispose();
}
