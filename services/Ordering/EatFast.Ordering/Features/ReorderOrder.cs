using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Ordering.Features;

public sealed record ReorderResponse(Guid OrderId, CartView Cart);

/// <summary>Puts an old order's dishes into the cart, at today's prices; what is gone from the menu shows as the cart's problem.</summary>
internal static class ReorderOrder
{
    public static void Map(IEndpointRouteBuilder orders) => orders
        .MapPost("/{orderId:guid}/reorder", Handle)
        .RequireAuthorization(Policies.Customer)
        .WithName(nameof(ReorderOrder))
        .WithSummary("Order the same again");

    internal static async Task<Ok<Envelope<ReorderResponse>>> Handle(
        Guid orderId, HttpContext http, CurrentUser user, CartDesk desk, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var order = await db.RequireOrderAsync(orderId, user, ct);
        var cart = await desk.OpenAsync(user.Id, ct);
        cart.Fill(order.RestaurantId, order.Items.OrderBy(item => item.Position).Select(item => LineOf(item, now)), now);
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ReorderResponse(order.Id, await desk.ViewAsync(cart, http, ct)));
    }

    private static CartLine LineOf(OrderItem item, DateTimeOffset now) => new(
        Guid.CreateVersion7(now), item.ItemId, item.Name, item.Quantity, item.UnitPriceXaf,
        [.. item.Customizations.Select(choice => new CartChoice(choice.OptionId, choice.ValueId))], item.SpecialInstructions);
}
