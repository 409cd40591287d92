using EatFast.Http;
using EatFast.Notifications.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

internal sealed record ListNotificationsResponse(IReadOnlyList<NotificationView> Notifications, Pagination Pagination, int UnreadCount);

/// <summary>A user reads what happened, newest first and in the language of the request; /history is an older name for it.</summary>
internal static class ListNotifications
{
    public static void Map(IEndpointRouteBuilder notifications)
    {
        notifications.MapGet("/", Handle).WithName(nameof(ListNotifications)).WithSummary("List my notifications");
        notifications.MapGet("/history", Handle).WithName("ListNotificationHistory").WithSummary("List my notifications (older name)");
    }

    internal static async Task<Ok<Envelope<ListNotificationsResponse>>> Handle(
        [AsParameters] PageQuery page, CurrentUser user, HttpContext http, NotificationsDbContext db, Texts texts, CancellationToken ct)
    {
        var mine = db.Notifications.AsNoTracking().Of(user);
        var total = await mine.LongCountAsync(ct);
        var unread = await mine.CountAsync(row => row.ReadAt == null, ct);
        var rows = await mine
            .OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(page.Skip).Take(page.Limit)
            .ToListAsync(ct);
        var language = Language.Of(http);
        var views = rows.ConvertAll(row => NotificationView.Of(row, texts, language));
        return Answer.Ok(new ListNotificationsResponse(views, page.Of(total), unread));
    }
}
