using EatFast.Catalog.Clients;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using EatFast.Errors;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog;

/// <summary>Where an image is now; the names are those that the older clients read.</summary>
public sealed record UploadImageResponse(string Url, string ImageUrl, string Srcset, string Filename, long Size, string MimeType)
{
    [System.Text.Json.Serialization.JsonPropertyName("image_url")]
    public string ImageUrlSnake => ImageUrl;
}

/// <summary>The one place where pictures come in, for dishes, restaurants and people; what is stored is made anew from what was sent.</summary>
internal sealed class ImageDesk(IImageStore store, CatalogDbContext db)
{
    private const long MostBytes = 5 * 1024 * 1024;

    // Decoding costs memory by the pixel: two pictures at a time are enough for one process.
    private static readonly SemaphoreSlim Benches = new(2);

    public static RouteHandlerBuilder Describe(RouteHandlerBuilder route) => route
        .DisableAntiforgery()
        .WithMetadata(new RequestSizeLimitAttribute(MostBytes + 64 * 1024))
        .Accepts<IFormFile>("multipart/form-data")
        .ProducesProblem(413).ProducesProblem(422);

    /// <summary>Refuses with IMAGE_TOO_LARGE or IMAGE_UNREADABLE.</summary>
    // Read by hand, because clients name the file "file", "image" or "avatar" and send other fields beside it.
    public async Task<UploadImageResponse> KeepAsync(HttpRequest request, CancellationToken ct)
    {
        if (await FormOfAsync(request, ct) is not { Files: [var file, ..] })
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

    // Null for what only calls itself a form: without a boundary, or cut off. A body that is too large stays what it is.
    private static async Task<IFormCollection?> FormOfAsync(HttpRequest request, CancellationToken ct)
    {
        try
        {
            return request.HasFormContentType ? await request.ReadFormAsync(ct) : null;
        }
        catch (Exception broken) when (broken is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            return null;
        }
    }

    /// <summary>The files of a picture that nothing shows any more.</summary>
    public async Task DropUnusedAsync(string content, CancellationToken ct)
    {
        if (await db.Avatars.AnyAsync(row => row.Content == content, ct) || await IsShownAsync(content, ct))
            return;
        foreach (var width in ImageName.Widths)
            await store.DeleteAsync(ImageName.Of(content, width), ct);
    }

    private async Task<bool> IsShownAsync(string content, CancellationToken ct)
    {
        var url = ImageName.UrlOf(content);
        return await db.MenuItems.AnyAsync(item => item.ImageUrl == url, ct)
            || await db.MenuCategories.AnyAsync(category => category.ImageUrl == url, ct)
            || await db.Restaurants.AnyAsync(place => place.ImageUrl == url, ct);
    }

    /// <summary>A picture of a person goes from the store too, unless something else shows the same one.</summary>
    public async Task DropAvatarAsync(Guid userId, CancellationToken ct)
    {
        if (await db.Avatars.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, ct) is not { } avatar)
            return;
        var isShared = await db.Avatars.AnyAsync(row => row.Content == avatar.Content && row.UserId != userId, ct)
            || await IsShownAsync(avatar.Content, ct);
        // The files first: with the row gone, nobody would know of them after a crash.
        if (!isShared)
            foreach (var width in ImageName.Widths)
                await store.DeleteAsync(ImageName.Of(avatar.Content, width), ct);
        await db.Avatars.Where(row => row.UserId == userId && row.Content == avatar.Content).ExecuteDeleteAsync(ct);
    }
}
