using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using EatFast.Notifications.Realtime;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications;

/// <summary>Turns news into a stored notification and queued messages by preference, saves them once, then shows it live.</summary>
internal sealed class Postman(NotificationsDbContext db, Texts texts, Broadcast broadcast, TimeProvider clock)
{
    public async Task PostAsync(News news, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var preferences = await db.Preferences.FindAsync([news.UserId], ct) ?? Preferences.DefaultsOf(news.UserId);
        var notification = await AddNotificationAsync(news, preferences, now, ct);
        await AddMessagesAsync(news, preferences, now, ct);
        await db.SaveChangesAsync(ct);

        if (notification is not null)
            await broadcast.SendAsync(
                RealtimeEvents.UserNotification, NotificationView.Of(notification, texts, preferences.Language), Rooms.OfUser(news.UserId));
    }

    // The same news under another message id is no reason to tell it twice.
    private async Task<Notification?> AddNotificationAsync(News news, Preferences preferences, DateTimeOffset now, CancellationToken ct)
    {
        if (!preferences.Shows(news.Kind) || await db.Notifications.AnyAsync(
            row => row.SubjectId == news.SubjectId && row.Kind == news.Kind.Name && row.UserId == news.UserId, ct))
            return null;
        var notification = Notification.Of(news, now);
        db.Add(notification);
        return notification;
    }

    private async Task AddMessagesAsync(News news, Preferences preferences, DateTimeOffset now, CancellationToken ct)
    {
        var queued = await db.Messages
            .Where(row => row.SubjectId == news.SubjectId && row.Kind == news.Kind.Name)
            .Select(row => row.Channel)
            .ToListAsync(ct);
        db.AddRange(preferences.ChannelsOf(news.Kind).Except(queued).Select(channel => OutgoingMessage.Of(news, channel, now)));
    }
}
