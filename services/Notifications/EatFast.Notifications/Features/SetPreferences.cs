using EatFast.Http;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

public sealed record SetPreferencesRequest(
    bool? OrderUpdates,
    bool? Promotions,
    bool? PromotionalOffers,
    bool? GeneralNotifications,
    bool? DriverUpdates,
    bool? Newsletter,
    bool? PushNotifications,
    bool? EmailNotifications,
    bool? SmsNotifications);

/// <summary>A user chooses; what the request leaves out stays, because clients send only the switches they know.</summary>
internal static class SetPreferences
{
    public static void Map(IEndpointRouteBuilder notifications) => notifications
        .MapPut("/preferences", Handle)
        .WithName(nameof(SetPreferences))
        .WithSummary("Change my notification preferences");

    internal static async Task<Ok<Envelope<PreferencesView>>> Handle(
        SetPreferencesRequest request, CurrentUser user, NotificationsDbContext db, CancellationToken ct)
    {
        await db.EnsurePreferencesAsync(user.Id, ct);
        var promotions = request.Promotions ?? request.PromotionalOffers;
        // One statement, so that two devices that change different switches at once both succeed.
        await db.Preferences.Where(row => row.UserId == user.Id).ExecuteUpdateAsync(row => row
            .SetProperty(r => r.OrderUpdates, r => request.OrderUpdates ?? r.OrderUpdates)
            .SetProperty(r => r.Promotions, r => promotions ?? r.Promotions)
            .SetProperty(r => r.GeneralNotifications, r => request.GeneralNotifications ?? r.GeneralNotifications)
            .SetProperty(r => r.DriverUpdates, r => request.DriverUpdates ?? r.DriverUpdates)
            .SetProperty(r => r.Newsletter, r => request.Newsletter ?? r.Newsletter)
            .SetProperty(r => r.PushNotifications, r => request.PushNotifications ?? r.PushNotifications)
            .SetProperty(r => r.EmailNotifications, r => request.EmailNotifications ?? r.EmailNotifications)
            .SetProperty(r => r.SmsNotifications, r => request.SmsNotifications ?? r.SmsNotifications), ct);
        return Answer.Ok(PreferencesView.Of(await db.Preferences.AsNoTracking().SingleAsync(row => row.UserId == user.Id, ct)));
    }

    // Two first choices at once must not collide, which an insert through the change tracker would.
    private static Task<int> EnsurePreferencesAsync(this NotificationsDbContext db, Guid userId, CancellationToken ct)
    {
        var start = Preferences.DefaultsOf(userId);
        return db.Database.ExecuteSqlAsync($"""
            INSERT INTO notifications.notification_preferences (
                user_id, language, order_updates, promotions, general_notifications, driver_updates,
                newsletter, push_notifications, email_notifications, sms_notifications)
            VALUES (
                {start.UserId}, {start.Language}, {start.OrderUpdates}, {start.Promotions}, {start.GeneralNotifications},
                {start.DriverUpdates}, {start.Newsletter}, {start.PushNotifications}, {start.EmailNotifications}, {start.SmsNotifications})
            ON CONFLICT (user_id) DO NOTHING
            """, ct);
    }
}
