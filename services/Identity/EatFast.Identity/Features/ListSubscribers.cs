using System.ComponentModel.DataAnnotations;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ListSubscribersQuery(
    [property: FromQuery(Name = "status"), AllowedValues(SubscriptionStatus.Pending, SubscriptionStatus.Subscribed, null)] string? Status,
    [property: FromQuery(Name = "city"), StringLength(80)] string? City,
    [property: FromQuery(Name = "language"), AllowedValues(Http.Language.French, Http.Language.English, null)] string? Language);

/// <summary>How many confirmed subscribers there are, of any filter; <c>unknown</c> are those who named no city.</summary>
internal sealed record SubscriberCounts(int Total, IReadOnlyDictionary<string, int> ByCity, IReadOnlyDictionary<string, int> ByLanguage);

internal sealed record ListSubscribersResponse(IReadOnlyList<SubscriberView> Subscribers, SubscriberCounts Counts, Pagination Pagination);

/// <summary>Who gets the newsletter or has still to confirm it, newest first; that somebody looked leaves a trace.</summary>
internal static class ListSubscribers
{
    private const string Unknown = "unknown";

    public static void Map(IEndpointRouteBuilder subscribers) => subscribers
        .MapGet("/", Handle)
        .WithName(nameof(ListSubscribers))
        .WithSummary("List and count the newsletter's subscribers (operators)");

    internal static async Task<Ok<Envelope<ListSubscribersResponse>>> Handle(
        [AsParameters] ListSubscribersQuery query, [AsParameters] PageQuery page, CurrentUser admin, IdentityDbContext db, TimeProvider clock,
        CancellationToken ct)
    {
        // Whoever has unsubscribed is nobody any more.
        var subscribers = db.Subscriptions.AsNoTracking().Where(row => row.Status != SubscriptionStatus.Unsubscribed);
        if (query.Status is { } status)
            subscribers = subscribers.Where(row => row.Status == status);
        if (query.City?.Trim().ToLowerInvariant() is { Length: > 0 } city)
            subscribers = subscribers.Where(row => row.City == city);
        if (query.Language is { } language)
            subscribers = subscribers.Where(row => row.Language == language);
        var total = await subscribers.LongCountAsync(ct);
        var shown = await subscribers.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        var counts = await CountAsync(db, ct);
        db.RecordAction(
            admin, "newsletter.listed", "newsletter_subscription", null, clock.GetUtcNow(), ("status", query.Status), ("city", query.City));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ListSubscribersResponse(shown.ConvertAll(SubscriberView.Of), counts, page.Of(total)));
    }

    private static async Task<SubscriberCounts> CountAsync(IdentityDbContext db, CancellationToken ct)
    {
        var groups = await db.Subscriptions.Where(row => row.Status == SubscriptionStatus.Subscribed)
            .GroupBy(row => new { City = row.City ?? Unknown, row.Language })
            .Select(group => new { group.Key.City, group.Key.Language, Count = group.Count() })
            .ToListAsync(ct);
        return new(
            groups.Sum(group => group.Count),
            groups.GroupBy(group => group.City).ToDictionary(city => city.Key, city => city.Sum(group => group.Count)),
            groups.GroupBy(group => group.Language).ToDictionary(language => language.Key, language => language.Sum(group => group.Count)));
    }
}
