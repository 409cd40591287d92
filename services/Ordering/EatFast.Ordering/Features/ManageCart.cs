using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>A dish for the cart; <c>replace</c> throws another restaurant's dishes away.</summary>
public sealed record AddToCartRequest(
    [property: NotEmpty] Guid RestaurantId,
    [property: NotEmpty] Guid ItemId,
    [property: Range(1, 99)] int? Quantity,
    [property: MaxLength(30)] IReadOnlyList<PlaceOrderChoice>? Customizations,
    [property: StringLength(300)] string? SpecialInstructions,
    bool? Replace) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Customizations?.Any(choice => choice is null) == true)
            yield return new("A customization must not be null.", [nameof(Customizations)]);
    }
}

/// <summary>Zero takes the dish out.</summary>
public sealed record ChangeCartRequest([property: Required, Range(0, 99)] int? Quantity);

public sealed record CartResponse(CartView Cart);

/// <summary>A customer's cart on every device: one restaurant at a time, prices asked anew with each look.</summary>
internal static class ManageCart
{
    public static void Map(IEndpointRouteBuilder cart)
    {
        cart.MapGet("/", HandleRead).WithName("GetCart").WithSummary("Read your cart");
        cart.MapPost("/items", HandleAdd).WithName("AddToCart").WithSummary("Put a dish into your cart");
        cart.MapPut("/items/{lineId:guid}", HandleChange).WithName("ChangeCart").WithSummary("Change how many of a dish you want");
        cart.MapDelete("/", HandleClear).WithName("ClearCart").WithSummary("Empty your cart");
    }

    internal static async Task<Ok<Envelope<CartResponse>>> HandleRead(
        [AsParameters] CartDoor door, HttpContext http, CurrentUser user, CartDesk desk, CancellationToken ct) =>
        Answer.Ok(new CartResponse(await desk.ViewAsync(await desk.OpenAsync(user.Id, ct), door, http, ct)));

    internal static async Task<Ok<Envelope<CartResponse>>> HandleAdd(
        AddToCartRequest request, HttpContext http, CurrentUser user, CartDesk desk, CatalogMenu menu, OrderingDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var (now, quantity) = (clock.GetUtcNow(), request.Quantity ?? 1);
        var choices = (request.Customizations ?? []).Select(choice => new CartChoice(choice.OptionId, choice.ValueId)).ToList();
        // Catalog refuses here what could not be ordered anyway, and knows the dish's name.
        var asked = new MenuLine(
            request.ItemId, quantity, [.. choices.Select(choice => new MenuChoice(choice.OptionId, choice.ValueId))], request.SpecialInstructions);
        var (_, items, _) = await menu.QuoteAsync(request.RestaurantId, [asked], door: null, holdFor: null, at: null, ct);
        var line = new CartLine(
            Guid.CreateVersion7(now), request.ItemId, items[0].Name, quantity, items[0].UnitPriceXaf, choices, request.SpecialInstructions);

        var cart = await desk.OpenAsync(user.Id, ct);
        CartDesk.RequireRoom(cart);
        if (!cart.Add(request.RestaurantId, line, request.Replace ?? false, now))
            throw new RuleViolatedException("CART_OF_ANOTHER_RESTAURANT");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new CartResponse(await desk.ViewAsync(cart, http, ct)));
    }

    internal static async Task<Ok<Envelope<CartResponse>>> HandleChange(
        Guid lineId, ChangeCartRequest request, HttpContext http, CurrentUser user, CartDesk desk, OrderingDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var cart = await desk.OpenAsync(user.Id, ct);
        if (!cart.SetQuantity(lineId, request.Quantity!.Value, clock.GetUtcNow()))
            throw new RuleViolatedException("CART_LINE_NOT_FOUND");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new CartResponse(await desk.ViewAsync(cart, http, ct)));
    }

    internal static async Task<NoContent> HandleClear(CurrentUser user, OrderingDbContext db, CancellationToken ct)
    {
        await db.Carts.Where(cart => cart.OwnerId == user.Id).ExecuteDeleteAsync(ct);
        return TypedResults.NoContent();
    }
}
