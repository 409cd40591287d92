using System.Text.Json.Serialization;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record DeleteImageRequest([property: JsonPropertyName("image_url")] string? ImageUrl);

public sealed record DeleteImageResponse(string ImageUrl, int Removed);

/// <summary>The owner takes a picture off all dishes and restaurants of the owner's own; its files go when nobody else shows it.</summary>
internal static class DeleteImage
{
    public static void Map(IEndpointRouteBuilder owner) => owner
        .MapDelete("/images/delete", Handle)
        .WithName(nameof(DeleteImage))
        .WithSummary("Delete an image");

    // Some clients cannot send a body with DELETE.
    internal static async Task<Ok<Envelope<DeleteImageResponse>>> Handle(
        [FromBody] DeleteImageRequest? request, [FromQuery(Name = "image_url")] string? imageUrl, CurrentUser user, CatalogDbContext db,
        CatalogChanges changes, ImageDesk desk, TimeProvider clock, CancellationToken ct)
    {
        var content = ImageName.ContentOf(request?.ImageUrl ?? imageUrl ?? "") ?? throw new RuleViolatedException("IMAGE_NOT_FOUND");
        var (url, now) = (ImageName.UrlOf(content), clock.GetUtcNow());
        var mine = db.Restaurants.Where(r => user.IsAdmin || r.OwnerId == user.Id);
        var places = await mine.Where(r => r.ImageUrl == url).ToListAsync(ct);
        var items = await db.MenuItems.Where(item => item.ImageUrl == url && mine.Any(r => r.Id == item.RestaurantId)).ToListAsync(ct);
        if (places.Count + items.Count == 0)
            throw new RuleViolatedException("IMAGE_NOT_FOUND");
        items.ForEach(item => item.RemoveImage(now));
        places.ForEach(place => place.RemoveImage(now));
        foreach (var place in places)
            await changes.SaveAsync(place, now, ct);
        await changes.SaveItemsAsync(items, now, ct);
        await desk.DropUnusedAsync(content, ct);
        return Answer.Ok(new DeleteImageResponse(url, places.Count + items.Count));
    }
}
