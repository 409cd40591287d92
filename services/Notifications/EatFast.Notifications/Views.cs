using EatFast.Notifications.Domain;

namespace EatFast.Notifications;

/// <summary>A notification as clients read it; each value under both names that the existing clients know.</summary>
internal sealed record NotificationView(
    Guid Id,
    string Type,
    string Kind,
    string Title,
    string Body,
    IReadOnlyDictionary<string, string> Data,
    bool IsRead,
    DateTimeOffset CreatedAt,
    Guid? OrderId,
    Guid? RestaurantId,
    Guid? DriverId)
{
    public string Message => Body;

    public bool Read => IsRead;

    public DateTimeOffset Timestamp => CreatedAt;

    public static NotificationView Of(Notification notification, Texts texts, string language)
    {
        var text = texts.Of(notification.Kind, language, notification.Values);
        var data = new Dictionary<string, string>(notification.Values) { ["kind"] = notification.Kind };
        if (notification.OrderId is { } orderId)
            data["orderId"] = orderId.ToString();
        return new(
            notification.Id, NotificationKind.Of(notification.Kind).Type, notification.Kind, text.Title, text.Body, data,
            notification.ReadAt is not null, notification.CreatedAt, notification.OrderId, notification.RestaurantId,
            notification.DriverId);
    }
}

/// <summary>A user's choices; promotionalOffers is the older name of promotions.</summary>
internal sealed record PreferencesView(
    bool OrderUpdates,
    bool Promotions,
    bool GeneralNotifications,
    bool DriverUpdates,
    bool Newsletter,
    bool PushNotifications,
    bool EmailNotifications,
    bool SmsNotifications)
{
    public bool PromotionalOffers => Promotions;

    public static PreferencesView Of(Preferences preferences) => new(
        preferences.OrderUpdates, preferences.Promotions, preferences.GeneralNotifications, preferences.DriverUpdates,
        preferences.Newsletter, preferences.PushNotifications, preferences.EmailNotifications, preferences.SmsNotifications);
}
