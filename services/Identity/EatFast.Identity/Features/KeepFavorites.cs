using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ToggleFavoriteRequest([property: NotEmpty] Guid RestaurantId);

internal sealed record FavoriteView(Guid RestaurantId, DateTimeOffset CreatedAt);

internal sealed record ListFavoritesResponse(IReadOnlyList<FavoriteView> Favorites, IReadOnlyList<Guid> RestaurantIds);

internal sealed record ToggleFavoriteResponse(Guid RestaurantId, bool IsFavorite);

/// <summary>The restaurants somebody wants to find again; the account is locked meanwhile, so that a double tap is two taps.</summary>
internal static class KeepFavorites
{
    public static void Map(IEndpointRouteBuilder users)
    {
        users.MapGet("/favorites", Handle).WithName("ListFavorites").WithSummary("List my favourite restaurants");
        users.MapPost("/favorites/toggle", HandleToggle).WithName("ToggleFavorite").WithSummary("Add or drop a favourite restaurant");
    }

    internal static async Task<Ok<Envelope<ListFavoritesResponse>>> Handle(CurrentUser caller, IdentityDbContext db, CancellationToken ct)
    {
        var favorites = await db.Favorites.AsNoTracking().Where(favorite => favorite.UserId == caller.Id)
            .OrderByDescending(favorite => favorite.CreatedAt)
            .Select(favorite => new FavoriteView(favorite.RestaurantId, favorite.CreatedAt))
            .ToListAsync(ct);
        return Answer.Ok(new ListFavoritesResponse(favorites, favorites.ConvertAll(favorite => favorite.RestaurantId)));
    }

    internal static async Task<Ok<Envelope<ToggleFavoriteResponse>>> HandleToggle(
        ToggleFavoriteRequest request, CurrentUser caller, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.LockUserAsync(caller.Id, ct);
        var known = await db.Favorites.SingleOrDefaultAsync(
            favorite => favorite.UserId == caller.Id && favorite.RestaurantId == request.RestaurantId, ct);
        if (known is not null)
            db.Remove(known);
        else if (await db.Favorites.CountAsync(favorite => favorite.UserId == caller.Id, ct) >= Favorite.MaxPerUser)
            throw new RuleViolatedException("FAVORITE_LIMIT_REACHED", ("limit", Favorite.MaxPerUser));
        else
            db.Add(Favorite.Of(caller.Id, request.RestaurantId, clock.GetUtcNow()));
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new ToggleFavoriteResponse(request.RestaurantId, known is null));
    }
}
