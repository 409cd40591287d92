using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

public sealed record ListCurrentOrdersResponse(IReadOnlyList<LiveOrder> Orders);

/// <summary>A ticket on the kitchen's board, in the words the board of the mobile client understands.</summary>
public sealed record LiveOrder(
    Guid OrderId, Guid Id, string OrderNumber, Guid RestaurantId, string CustomerName, string CustomerPhone, DateTimeOffset OrderTime,
    long TotalAmount, string Status, int EstimatedPrepTime, string PaymentStatus, string PaymentMethod, string DeliveryType,
    IReadOnlyList<LiveOrderItem> Items, Guid? DriverId, string? DriverName, string? DriverPhone, string? SpecialInstructions, string PickupCode, DateTimeOffset? AcceptedAt);

public sealed record LiveOrderItem(
    Guid ItemId, string Name, long Price, int Quantity, IReadOnlyList<string> Customizations, string? SpecialNotes);

/// <summary>What the kitchen has to do now, oldest first; the client polls it every ten seconds.</summary>
internal static class ListCurrentOrders
{
    private const int BoardSize = 200;

    public static void Map(IEndpointRouteBuilder board) => board
        .MapGet("/current", Handle)
        .WithName(nameof(ListCurrentOrders))
        .WithSummary("The kitchen's board");

    // Uses ix_orders_kitchen_board.
    internal static async Task<Ok<Envelope<ListCurrentOrdersResponse>>> Handle(
        CurrentUser user, OrderingDbContext db, BoardPeople people, FieldCipher cipher, CancellationToken ct)
    {
        var orders = await db.Orders.Include(order => order.Items).AsNoTracking().VisibleTo(user)
            .Where(order => order.ReleasedAt != null && (order.Status == OrderStatus.Pending || order.Status == OrderStatus.Confirmed
                || order.Status == OrderStatus.Preparing || order.Status == OrderStatus.Ready))
            .OrderBy(order => order.ReleasedAt).ThenBy(order => order.Id)
            .Take(BoardSize).ToListAsync(ct);
        var (customers, drivers) = await people.OfAsync(orders, ct);
        return Answer.Ok(new ListCurrentOrdersResponse(orders.ConvertAll(order => LiveOrderOf(
            order, GuestContact.Open(cipher, order.SealedGuest, order.Id), customers.GetValueOrDefault(order.CustomerId) ?? "",
            order.DriverId is { } driver ? drivers.GetValueOrDefault(driver) : null))));
    }

    // Whole names and numbers of customers stay with Identity; the client wants strings, not null.
    private static LiveOrder LiveOrderOf(Order order, GuestContact? guest, string customer, BoardDriver? driver) => new(
        order.Id, order.Id, order.OrderNumber, order.RestaurantId, guest?.Name ?? customer, guest?.Phone ?? "", order.CreatedAt,
        order.Pricing.TotalXaf, order.Status == OrderStatus.Confirmed ? "accepted" : order.Status, order.PreparationMinutes,
        PaymentWordOf(order.PaymentStatus), order.PaymentMethod, order.DeliveryType,
        [.. order.Items.OrderBy(item => item.Position).Select(LiveItemOf)],
        order.DriverId, driver?.Name, driver?.Phone, order.SpecialInstructions, order.PickupCode, order.ConfirmedAt);

    private static LiveOrderItem LiveItemOf(OrderItem item) => new(
        item.ItemId, item.Name, item.UnitPriceXaf, item.Quantity,
        [.. item.Customizations.Select(choice => $"{choice.OptionName}: {choice.ValueName}")], item.SpecialInstructions);

    // The board knows four payment words and fails on any other.
    private static string PaymentWordOf(string paymentStatus) => paymentStatus switch
    {
        PaymentStatus.Authorized => PaymentStatus.Pending,
        PaymentStatus.PartiallyRefunded => PaymentStatus.Refunded,
        _ => paymentStatus
    };
}
