using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Catalog.Data;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Catalog.Features;

public sealed record SetItemsAvailabilityRequest(
    [property: JsonPropertyName("item_ids"), Required, MinLength(1), MaxLength(200)] IReadOnlyList<Guid> ItemIds,
    [property: JsonPropertyName("is_available"), Required] bool? IsAvailable);

public sealed record SetItemsAvailabilityResponse(IReadOnlyList<OwnItemView> Items);

/// <summary>The owner sells several items out, or brings them back, in one step: all of them or none.</summary>
internal static class SetItemsAvailability
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapPut("/menu/items/bulk/availability", Handle)
        .WithName(nameof(SetItemsAvailability))
        .WithSummary("Sell several items out or bring them back");

    internal static async Task<Ok<Envelope<SetItemsAvailabilityResponse>>> Handle(
        SetItemsAvailabilityRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, TimeProvider clock,
        CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var items = await db.RequireItemsAsync([.. request.ItemIds], user, ct);
        var changed = items.FindAll(item => item.SetAvailability(request.IsAvailable!.Value, now));
        await changes.SaveItemsAsync(changed, now, ct);
        return Answer.Ok(new SetItemsAvailabilityResponse(items.ConvertAll(OwnItemView.Of)));
    }
}
