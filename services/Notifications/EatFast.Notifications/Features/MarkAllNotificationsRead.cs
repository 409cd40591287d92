using EatFast.Http;
using EatFast.Notifications.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

internal sealed record MarkAllNotificationsReadResponse(int Updated);

/// <summary>A user has seen the whole list; answers how many were still unread.</summary>
internal static class MarkAllNotificationsRead
{
    public static void Map(IEndpointRouteBuilder notifications) => notifications
        .MapPut("/read-all", Handle)
        .WithName(nameof(MarkAllNotificationsRead))
        .WithSummary("Mark all my notifications as read");

    internal static async Task<Ok<Envelope<MarkAllNotificationsReadResponse>>> Handle(
        CurrentUser user, NotificationsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        // Uses ix_notifications_unread.
        var updated = await db.Notifications.Of(user)
            .Where(row => row.ReadAt == null)
            .ExecuteUpdateAsync(row => row.SetProperty(r => r.ReadAt, now), ct);
        return Answer.Ok(new MarkAllNotificationsReadResponse(updated));
    }
}
