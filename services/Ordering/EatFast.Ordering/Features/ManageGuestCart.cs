using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Clients;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EatFast.Ordering.Features;

/// <summary>The mobile client has two forms of this: itemId with options, and menuId with customizations.</summary>
public sealed record AddToGuestCartRequest(
    [property: StringLength(100)] string? GuestSessionId,
    [property: StringLength(100)] string? SessionId,
    [property: NotEmpty] Guid RestaurantId,
    Guid? ItemId,
    Guid? MenuId,
    [property: Range(1, 99)] int? Quantity,
    JsonElement? Options,
    JsonElement? Customizations) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if ((ItemId ?? MenuId ?? Guid.Empty) == Guid.Empty)
            yield return new("An item id is required.", [nameof(ItemId)]);
        if ((Customizations ?? Options) is { } choices && !StorableJson.Is(choices))
            yield return new("This text or number cannot be stored.", [nameof(Customizations)]);
    }
}

/// <summary>Zero takes the dish out.</summary>
public sealed record ChangeGuestCartRequest(
    [property: StringLength(100)] string? GuestSessionId,
    [property: StringLength(100)] string? SessionId,
    [property: NotEmpty] Guid ItemId,
    [property: Required, Range(0, 99)] int? Quantity);

public sealed record GuestCartResponse(CartView Cart);

/// <summary>A cart for somebody without an account; whoever holds the session holds the cart.</summary>
internal static class ManageGuestCart
{
    public static void Map(IEndpointRouteBuilder guest)
    {
        guest.MapGet("/cart", HandleRead).WithName("GetGuestCart").WithSummary("Read a guest's cart");
        guest.MapPost("/cart/add", HandleAdd).WithName("AddToGuestCart").WithSummary("Put a dish into a guest's cart");
        guest.MapPut("/cart", HandleChange).WithName("ChangeGuestCart").WithSummary("Change how many of a dish a guest wants");
    }

    internal static async Task<Ok<Envelope<GuestCartResponse>>> HandleRead(
        [FromQuery(Name = "guestSessionId")] string? guestSessionId, [FromQuery(Name = "sessionId")] string? sessionId,
        [AsParameters] CartDoor door, HttpContext http, Guests guests, CartDesk desk, CancellationToken ct)
    {
        var guest = await guests.RequireAsync(http.Request, guestSessionId ?? sessionId, ct);
        return Answer.Ok(new GuestCartResponse(await desk.ViewAsync(await desk.OpenAsync(guest, ct), door, http, ct)));
    }

    internal static async Task<Ok<Envelope<GuestCartResponse>>> HandleAdd(
        AddToGuestCartRequest request, HttpContext http, Guests guests, CartDesk desk, CatalogMenu menu, OrderingDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var (now, quantity, itemId) = (clock.GetUtcNow(), request.Quantity ?? 1, (request.ItemId ?? request.MenuId)!.Value);
        var guest = await guests.RequireAsync(http.Request, request.GuestSessionId ?? request.SessionId, ct);
        var (choices, note) = GuestCustomizations.Read(request.Customizations ?? request.Options);
        var asked = new MenuLine(itemId, quantity, [.. choices.Select(choice => new MenuChoice(choice.OptionId, choice.ValueId))], note);
        var (_, items, _) = await menu.QuoteAsync(request.RestaurantId, [asked], door: null, holdFor: null, at: null, ct);
        var line = new CartLine(
            Guid.CreateVersion7(now), itemId, items[0].Name, quantity, items[0].UnitPriceXaf,
            [.. choices.Select(choice => new CartChoice(choice.OptionId, choice.ValueId))], note);
        var cart = await desk.OpenAsync(guest, ct);
        CartDesk.RequireRoom(cart);
        if (!cart.Add(request.RestaurantId, line, replace: false, now))
            throw new RuleViolatedException("CART_OF_ANOTHER_RESTAURANT");
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new GuestCartResponse(await desk.ViewAsync(cart, http, ct)));
    }

    internal static async Task<Ok<Envelope<GuestCartResponse>>> HandleChange(
        ChangeGuestCartRequest request, HttpContext http, Guests guests, CartDesk desk, OrderingDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        var guest = await guests.RequireAsync(http.Request, request.GuestSessionId ?? request.SessionId, ct);
        var cart = await desk.OpenAsync(guest, ct);
        var line = cart.Lines.FirstOrDefault(line => line.ItemId == request.ItemId || line.Id == request.ItemId)
            ?? throw new RuleViolatedException("CART_LINE_NOT_FOUND");
        cart.SetQuantity(line.Id, request.Quantity!.Value, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new GuestCartResponse(await desk.ViewAsync(cart, http, ct)));
    }
}
