using EatFast.Catalog.Clients;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace EatFast.Catalog.Features;

/// <summary>Where an image is now; the names are those that the older clients read.</summary>
public sealed record UploadImageResponse(string Url, string ImageUrl, string Srcset, string Filename, long Size, string MimeType)
{
    [System.Text.Json.Serialization.JsonPropertyName("image_url")]
    public string ImageUrlSnake => ImageUrl;
}

/// <summary>Owners upload pictures, alone, for an item or for the restaurant; what is stored is made anew from what was sent.</summary>
internal static class UploadImage
{
    private const long MostBytes = 5 * 1024 * 1024;

    // Decoding costs memory by the pixel: two pictures at a time are enough for one process.
    private static readonly SemaphoreSlim Benches = new(2);

    public static void Map(IEndpointRouteBuilder owner)
    {
        Describe(owner.MapPost("/upload", Handle)).WithName(nameof(UploadImage)).WithSummary("Upload an image");
        Describe(owner.MapPost("/menu/items/{itemId:guid}/image", HandleItem)).WithName("SetItemImage").WithSummary("Set an item's image");
        Describe(owner.MapPost("/restaurant/image", HandleRestaurant)).WithName("SetRestaurantImage").WithSummary("Set your restaurant's image");
    }

    internal static async Task<Ok<Envelope<UploadImageResponse>>> Handle(HttpRequest request, IImageStore store, CancellationToken ct) =>
        Answer.Ok(await KeepAsync(request, store, ct));

    internal static async Task<Ok<Envelope<UploadImageResponse>>> HandleItem(
        Guid itemId, HttpRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, IImageStore store, TimeProvider clock,
        CancellationToken ct)
    {
        var item = await db.RequireItemAsync(itemId, user, ct);
        var kept = await KeepAsync(request, store, ct);
        item.Edit(new MenuItemEdit { ImageUrl = kept.Url }, clock.GetUtcNow());
        await changes.SaveItemsAsync([item], clock.GetUtcNow(), ct);
        return Answer.Ok(kept);
    }

    internal static async Task<Ok<Envelope<UploadImageResponse>>> HandleRestaurant(
        Guid? restaurantId, HttpRequest request, CurrentUser user, CatalogDbContext db, CatalogChanges changes, IImageStore store,
        TimeProvider clock, CancellationToken ct)
    {
        var restaurant = await db.RequireMineAsync(restaurantId, user, ct);
        var kept = await KeepAsync(request, store, ct);
        restaurant.Edit(new RestaurantEdit { ImageUrl = kept.Url }, clock.GetUtcNow());
        await changes.SaveAsync(restaurant, clock.GetUtcNow(), ct);
        return Answer.Ok(kept);
    }

    private static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .DisableAntiforgery()
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes + 64 * 1024))
        .Accepts<IFormFile>("multipart/form-data")
        .ProducesProblem(413).ProducesProblem(422);

    // Read by hand, because clients name the file "file" or "image" and send other fields beside it.
    private static async Task<UploadImageResponse> KeepAsync(HttpRequest request, IImageStore store, CancellationToken ct)
    {
        if (!request.HasFormContentType || (await request.ReadFormAsync(ct)).Files is not [var file, ..])
            throw new BadHttpRequestException("Send one image as multipart/form-data.");
        if (file.Length > MostBytes)
            throw new RuleViolatedException("IMAGE_TOO_LARGE");
        using var sent = new MemoryStream();
        await file.CopyToAsync(sent, ct);
        await Benches.WaitAsync(ct);
        try
        {
            var (content, sizes) = await Task.Run(() => ImageWorkshop.Make(sent.ToArray()), ct);
            foreach (var (width, bytes) in sizes)
                await store.PutAsync(ImageName.Of(content, width), bytes, ct);
            var url = ImageName.UrlOf(content);
            return new(url, url, ImageName.SrcsetOf(url)!, Path.GetFileName(url), sizes[1].Bytes.Length, "image/webp");
        }
        finally
        {
            Benches.Release();
        }
    }
}
