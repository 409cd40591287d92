using EatFast.Errors;
using EatFast.Http;
using EatFast.Notifications.Data;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

internal sealed record DeleteNotificationResponse(Guid Id, bool Deleted);

/// <summary>A user removes one from the list, for good.</summary>
internal static class DeleteNotification
{
    public static void Map(IEndpointRouteBuilder notifications) => notifications
        .MapDelete("/{id:guid}", Handle)
        .WithName(nameof(DeleteNotification))
        .WithSummary("Delete a notification");

    internal static async Task<Ok<Envelope<DeleteNotificationResponse>>> Handle(
        Guid id, CurrentUser user, NotificationsDbContext db, CancellationToken ct)
    {
        if (await db.Notifications.Where(row => row.Id == id && row.UserId == user.Id).ExecuteDeleteAsync(ct) == 0)
            throw new RuleViolatedException("NOTIFICATION_NOT_FOUND");
        return Answer.Ok(new DeleteNotificationResponse(id, true));
    }
}
