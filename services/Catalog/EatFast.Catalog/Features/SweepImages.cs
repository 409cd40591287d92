using System.Collections.Concurrent;
using EatFast.Catalog.Clients;
using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>Since when nothing shows a stored image; a restart only makes the wait longer.</summary>
internal sealed class UnshownImages : ConcurrentDictionary<string, DateTimeOffset>;

/// <summary>
/// Deletes images that nothing has shown for a day: those that were replaced, and those that were uploaded for nothing. The day is for
/// whoever still holds an answer with the old address.
/// </summary>
internal sealed class SweepImages(CatalogDbContext db, IImageStore store, ImageDesk desk, UnshownImages unshown, TimeProvider clock) : IPeriodicWork
{
    private static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    public async Task RunAsync(CancellationToken ct)
    {
        var (now, shown) = (clock.GetUtcNow(), await ShownAsync(ct));
        var stored = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(ct))
            if (ImageName.ContentOf($"/images/{name}") is { } content)
                stored.Add(content);
        foreach (var content in unshown.Keys.Where(content => !stored.Contains(content) || shown.Contains(content)))
            unshown.TryRemove(content, out _);
        foreach (var content in stored.Where(content => !shown.Contains(content)))
            if (unshown.GetOrAdd(content, now) <= now - Grace)
                await desk.DropUnusedAsync(content, ct);
    }

    private async Task<HashSet<string>> ShownAsync(CancellationToken ct)
    {
        var shown = await db.Avatars.Select(avatar => avatar.Content).ToHashSetAsync(ct);
        await foreach (var url in db.MenuItems.Where(item => item.ImageUrl != null).Select(item => item.ImageUrl!).AsAsyncEnumerable().WithCancellation(ct))
            Add(url);
        foreach (var url in await db.MenuCategories.Where(category => category.ImageUrl != null).Select(category => category.ImageUrl!).ToListAsync(ct))
            Add(url);
        await foreach (var place in db.Restaurants.Select(r => new { r.ImageUrl, r.Gallery }).AsAsyncEnumerable().WithCancellation(ct))
            foreach (var url in place.Gallery.Append(place.ImageUrl ?? ""))
                Add(url);
        return shown;

        void Add(string url)
        {
            if (ImageName.ContentOf(url) is { } content)
                shown.Add(content);
        }
    }
}
