using EatFast.Identity.Contracts;
using EatFast.Notifications.Data;
using EatFast.Notifications.Domain;
using MassTransit;

namespace EatFast.Notifications.Features;

/// <summary>A new user is greeted, and the language of the account is kept for everything said live.</summary>
internal sealed class WelcomeUser(NotificationsDbContext db, Postman postman) : IConsumer<UserRegistered>
{
    public async Task Consume(ConsumeContext<UserRegistered> context)
    {
        var (registered, ct) = (context.Message, context.CancellationToken);
        var preferences = await db.Preferences.FindAsync([registered.UserId], ct);
        if (preferences is null)
            db.Add(preferences = Preferences.DefaultsOf(registered.UserId));
        preferences.Speak(registered.Language);
        await postman.PostAsync(new News(NotificationKind.Welcome, registered.UserId, registered.UserId), ct);
    }
}
