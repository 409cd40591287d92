using System.Text.Json;
using EatFast.Errors;
using EatFast.Security;
using Grpc.Core;
using Microsoft.AspNetCore.SignalR;

namespace EatFast.Notifications.Realtime;

/// <summary>The live connection of a signed-in user; rooms follow from the token, an order's room from who the order belongs to.</summary>
internal sealed class RealtimeHub(Rooms rooms, OrderAccess access, TimeProvider clock) : Hub
{
    private const int MaxRooms = 50;

    public override Task OnConnectedAsync()
    {
        if (CurrentUser.From(Context.User!) is not { } user)
        {
            Context.Abort();
            return Task.CompletedTask;
        }
        rooms.Join(Context.ConnectionId, Rooms.OfUser(user.Id));
        if (user.IsAdmin)
        {
            rooms.Join(Context.ConnectionId, Rooms.Admins);
            rooms.Join(Context.ConnectionId, Rooms.OfUser(Audience.Operators));
        }
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        rooms.LeaveAll(Context.ConnectionId);
        return Task.CompletedTask;
    }

    /// <summary>Takes the id as text, or as the object {orderId} that the mobile client sends.</summary>
    public async Task<object> SubscribeOrder(JsonElement order)
    {
        var user = CurrentUser.From(Context.User!) ?? throw new HubException("INVALID_TOKEN");
        if (OrderIdOf(order) is not { } orderId || !await MayFollowAsync(user, orderId))
            throw new HubException("ORDER_NOT_FOUND");
        if (!rooms.Join(Context.ConnectionId, Rooms.OfOrder(orderId), MaxRooms))
            throw new HubException("TOO_MANY_SUBSCRIPTIONS");
        // The connection may have ended while we asked; its rooms were given up before this one was added.
        if (Context.ConnectionAborted.IsCancellationRequested)
            rooms.LeaveAll(Context.ConnectionId);
        return new { orderId, subscribed = true };
    }

    [HubMethodName("subscribe_order")]
    public Task<object> SubscribeOrderOfMobile(JsonElement order) => SubscribeOrder(order);

    public object UnsubscribeOrder(JsonElement order)
    {
        var orderId = OrderIdOf(order) ?? throw new HubException("ORDER_NOT_FOUND");
        rooms.Leave(Context.ConnectionId, Rooms.OfOrder(orderId));
        return new { orderId, subscribed = false };
    }

    [HubMethodName("unsubscribe_order")]
    public object UnsubscribeOrderOfMobile(JsonElement order) => UnsubscribeOrder(order);

    [HubMethodName("ping")]
    public object Ping() => new { timestamp = clock.GetUtcNow() };

    private async Task<bool> MayFollowAsync(CurrentUser user, Guid orderId)
    {
        try
        {
            return await access.MayFollowAsync(user, orderId, Context.ConnectionAborted);
        }
        catch (RuleViolatedException)
        {
            return false;
        }
        catch (RpcException)
        {
            throw new HubException("SERVICE_UNAVAILABLE");
        }
    }

    private static Guid? OrderIdOf(JsonElement order)
    {
        if (order.ValueKind == JsonValueKind.Object && order.TryGetProperty("orderId", out var member))
            order = member;
        return order.ValueKind == JsonValueKind.String && Guid.TryParse(order.GetString(), out var orderId) ? orderId : null;
    }
}

internal static class Realtime
{
    private const int MaxMessageBytes = 16 * 1024;

    public static void AddRealtime(this WebApplicationBuilder builder)
    {
        builder.Services.AddSignalR(signalR => signalR.MaximumReceiveMessageSize = MaxMessageBytes);
        builder.Services.AddSingleton<Rooms>().AddScoped<OrderAccess>().AddSingleton<Broadcast>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Broadcast>());
    }

    public static void MapRealtime(this WebApplication app) =>
        app.MapHub<RealtimeHub>("/hubs/realtime", hub =>
        {
            hub.ApplicationMaxBufferSize = 2 * MaxMessageBytes;
            hub.CloseOnAuthenticationExpiration = true;
        }).RequireAuthorization();
}
