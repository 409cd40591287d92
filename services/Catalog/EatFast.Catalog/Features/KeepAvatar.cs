using EatFast.Catalog.Data;
using EatFast.Catalog.Domain;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>Identity brings a person's picture here, where all images are made and shown; the gateway does not forward the path.</summary>
internal static class KeepAvatar
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var people = app.MapGroup("/internal/people/{userId:guid}/avatar").AllowAnonymous().ExcludeFromDescription();
        ImageDesk.Describe(people.MapPut("/", Handle));
        people.MapDelete("/", HandleRemoval);
    }

    internal static async Task<Ok<UploadImageResponse>> Handle(
        Guid userId, HttpRequest request, ImageDesk desk, CatalogDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var kept = await desk.KeepAsync(request, ct);
        var content = ImageName.ContentOf(kept.Url)!;
        var before = await db.Avatars.AsNoTracking().SingleOrDefaultAsync(row => row.UserId == userId, ct);
        if (before is not null && before.Content != content)
            await desk.DropAvatarAsync(userId, ct);
        var now = clock.GetUtcNow();
        await db.Database.ExecuteSqlAsync($"""
            INSERT INTO catalog.avatars (user_id, content, kept_at) VALUES ({userId}, {content}, {now})
            ON CONFLICT (user_id) DO UPDATE SET content = {content}, kept_at = {now}
            """, ct);
        return TypedResults.Ok(kept);
    }

    internal static async Task<NoContent> HandleRemoval(Guid userId, ImageDesk desk, CancellationToken ct)
    {
        await desk.DropAvatarAsync(userId, ct);
        return TypedResults.NoContent();
    }
}
