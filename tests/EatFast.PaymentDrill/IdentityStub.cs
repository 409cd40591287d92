using System.Collections.Concurrent;
using EatFast.Identity.Contracts.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using IdentityBase = EatFast.Identity.Contracts.V1.Identity.IdentityBase;

namespace EatFast.PaymentDrill;

/// <summary>Identity as Payments sees it: keys as ever, and a real gRPC server that knows whose number is proven.</summary>
public sealed class IdentityStub
{
    private readonly ConcurrentDictionary<string, string> _proven = new();
    private readonly ConcurrentDictionary<string, string> _numbers = new();
    private int _people;

    private readonly ConcurrentDictionary<string, Guid> _guests = new();

    /// <summary>A live guest session; what it returns is the value of X-Guest-Session.</summary>
    public string OpenSession(Guid guestId)
    {
        var session = $"{Guid.NewGuid():N}";
        _guests[session] = guestId;
        return session;
    }

    public void Prove(Guid userId, string phone) => _proven[$"{userId}"] = phone;

    /// <summary>An account's number that nobody has proven; without one, each has a number of its own.</summary>
    public void Number(Guid userId, string phone) => _numbers[$"{userId}"] = phone;

    private string NumberOf(string userId) => _proven.GetValueOrDefault(userId)
        ?? _numbers.GetOrAdd(userId, $"2376{Interlocked.Increment(ref _people):D8}");

    internal async Task<HttpMessageHandler> StartAsync(HttpMessageHandler keys)
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(this);
        var app = builder.Build();
        app.MapGrpcService<Service>();
        await app.StartAsync();
        return new Both(app.GetTestServer().CreateHandler(), keys);
    }

    private sealed class Service(IdentityStub stub) : IdentityBase
    {
        public override Task<GetGuestSessionReply> GetGuestSession(GetGuestSessionRequest request, ServerCallContext context) =>
            stub._guests.TryGetValue(request.SessionId, out var guestId)
                ? Task.FromResult(new GetGuestSessionReply { GuestId = $"{guestId}", Language = "fr" })
                : throw new RpcException(new Status(StatusCode.NotFound, "GUEST_SESSION_NOT_FOUND"));

        public override Task<GetContactReply> GetContact(GetContactRequest request, ServerCallContext context) => Task.FromResult(
            new GetContactReply
            {
                UserId = request.UserId,
                Phone = $"+{stub.NumberOf(request.UserId)}",
                PhoneVerified = stub._proven.ContainsKey(request.UserId)
            });
    }

    private sealed class Both(HttpMessageHandler calls, HttpMessageHandler keys) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _calls = new(calls);
        private readonly HttpMessageInvoker _keys = new(keys);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            (request.RequestUri!.AbsolutePath.StartsWith("/eatfast.", StringComparison.Ordinal) ? _calls : _keys)
                .SendAsync(request, cancellationToken);
    }
}
