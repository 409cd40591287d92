using EatFast.Errors;
using EatFast.Http;
using EatFast.Notifications.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

/// <summary>A user has read one; reading it again changes nothing, not even the time.</summary>
internal static class MarkNotificationRead
{
    public static void Map(IEndpointRouteBuilder notifications)
    {
        notifications.MapPut("/{id:guid}/read", Handle).WithName(nameof(MarkNotificationRead)).WithSummary("Mark a notification as read");
        notifications.MapPatch("/{id:guid}/read", Handle).WithName("PatchNotificationRead").WithSummary("Mark a notification as read");
    }

    internal static async Task<Ok<Envelope<NotificationView>>> Handle(
        Guid id, CurrentUser user, HttpContext http, NotificationsDbContext db, Texts texts, TimeProvider clock, CancellationToken ct)
    {
        var notification = await db.Notifications.Of(user).SingleOrDefaultAsync(row => row.Id == id, ct)
            ?? throw new RuleViolatedException("NOTIFICATION_NOT_FOUND");

        notification.Read(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);

        return Answer.Ok(NotificationView.Of(notification, texts, Language.Of(http)));
    }
}
