using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Catalog.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

/// <summary>The mobile client writes is_available, the others isAvailable: exactly one of them.</summary>
public sealed record SetItemAvailabilityRequest(
    [property: JsonPropertyName("is_available")] bool? SnakeCase = null,
    [property: JsonPropertyName("isAvailable")] bool? CamelCase = null) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SnakeCase is null == CamelCase is null)
            yield return new ValidationResult("Give is_available or isAvailable, once.", ["is_available"]);
    }
}

public sealed record SetItemAvailabilityResponse(Guid Id, Guid RestaurantId, string Name, bool IsAvailable, DateTimeOffset UpdatedAt);

/// <summary>The owner sells an item out or brings it back; customers see it at once because the cached menu is dropped.</summary>
internal static class SetItemAvailability
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapPut("/menu/items/{itemId:guid}/availability", Handle)
        .WithName(nameof(SetItemAvailability))
        .WithSummary("Sell an item out or bring it back");

    internal static async Task<Ok<Envelope<SetItemAvailabilityResponse>>> Handle(
        Guid itemId,
        SetItemAvailabilityRequest request,
        CurrentUser user,
        CatalogDbContext db,
        CatalogChanges changes,
        TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var item = await db.RequireItemAsync(itemId, user, ct);
        if (item.SetAvailability(request.SnakeCase ?? request.CamelCase!.Value, now))
            await changes.SaveItemsAsync([item], now, ct);
        return Answer.Ok(new SetItemAvailabilityResponse(item.Id, item.RestaurantId, item.Name, item.IsAvailable, item.UpdatedAt));
    }
}
