namespace EatFast.Notifications.Domain;

/// <summary>What a user wants to hear; somebody who never chose has the defaults and no row.</summary>
public sealed class Preferences
{
    private Preferences()
    {
    }

    public Guid UserId { get; private set; }

    public string Language { get; private set; } = "fr";

    public bool OrderUpdates { get; private set; } = true;

    public bool Promotions { get; private set; } = true;

    public bool GeneralNotifications { get; private set; } = true;

    public bool DriverUpdates { get; private set; } = true;

    public bool Newsletter { get; private set; }

    public bool PushNotifications { get; private set; } = true;

    public bool EmailNotifications { get; private set; } = true;

    public bool SmsNotifications { get; private set; }

    public static Preferences DefaultsOf(Guid userId) => new() { UserId = userId };

    public void Speak(string language) => Language = language == "en" ? "en" : "fr";

    /// <summary>Critical news is shown whatever was switched off.</summary>
    public bool Shows(NotificationKind kind) => kind.IsInApp && (kind.IsCritical || Wants(kind.Topic));

    public IEnumerable<string> ChannelsOf(NotificationKind kind)
    {
        if (kind.IsCritical || (kind.Sms == SmsRule.IfWanted && SmsNotifications && Wants(kind.Topic)))
            yield return Channels.Sms;
        if (kind.HasEmail && EmailNotifications && Wants(kind.Topic))
            yield return Channels.Email;
    }

    private bool Wants(Topic topic) => topic switch
    {
        Topic.OrderUpdates => OrderUpdates,
        Topic.DriverUpdates => DriverUpdates,
        _ => GeneralNotifications
    };
}
