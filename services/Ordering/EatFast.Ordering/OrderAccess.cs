using EatFast.Errors;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering;

/// <summary>Whose orders a caller may see and touch; anything else is as absent as an order that never was.</summary>
internal static class OrderAccess
{
    public static IQueryable<Order> VisibleTo(this IQueryable<Order> orders, CurrentUser user) => user.Role switch
    {
        Roles.Admin => orders,
        Roles.RestaurantOwner => orders.Where(order => order.RestaurantOwnerId == user.Id),
        Roles.DeliveryAgent => orders.Where(order => order.DriverId == user.Id),
        _ => orders.Where(order => order.CustomerId == user.Id)
    };

    /// <summary>Refuses with ORDER_NOT_FOUND.</summary>
    public static async Task<Order> RequireOrderAsync(this OrderingDbContext db, Guid orderId, CurrentUser user, CancellationToken ct) =>
        await db.WholeOrders.VisibleTo(user).SingleOrDefaultAsync(order => order.Id == orderId, ct)
        ?? throw new RuleViolatedException("ORDER_NOT_FOUND");

    /// <summary>The order a message is about; refuses with ORDER_NOT_FOUND.</summary>
    public static async Task<Order> RequireOrderAsync(this OrderingDbContext db, Guid orderId, CancellationToken ct) =>
        await db.Orders.SingleOrDefaultAsync(order => order.Id == orderId, ct) ?? throw new RuleViolatedException("ORDER_NOT_FOUND");

    public static Actor AsActor(this CurrentUser user) => new(user.Role switch
    {
        Roles.Admin => ActorKind.Admin,
        Roles.RestaurantOwner => ActorKind.Restaurant,
        Roles.DeliveryAgent => ActorKind.Driver,
        _ => ActorKind.Customer
    }, user.Id);
}
