using EatFast.Identity.Contracts;
using EatFast.Notifications.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Tests.Features;

public sealed class ForgetPersonTests(NotificationsSystem system)
{
    [Fact]
    public async Task What_was_told_to_an_erased_person_goes_and_nobody_elses_however_often_it_is_told()
    {
        var (gone, other, now) = (Guid.NewGuid(), Guid.NewGuid(), system.Clock.GetUtcNow());
        foreach (var user in new[] { gone, other })
            await system.Service.WithDbAsync(db =>
            {
                db.Add(Notification.Of(new News(NotificationKind.OrderPlaced, user, Guid.NewGuid()), now));
                db.Add(Preferences.DefaultsOf(user));
                return db.SaveChangesAsync();
            });

        await system.Service.DeliverAsync(new UserErased(gone, now), times: 2);

        Assert.Equal((0, 0), await CountAsync(gone));
        Assert.Equal((1, 1), await CountAsync(other));
    }

    private async Task<(int Notifications, int Preferences)> CountAsync(Guid user) => (
        await system.Service.WithDbAsync(db => db.Notifications.CountAsync(row => row.UserId == user)),
        await system.Service.WithDbAsync(db => db.Preferences.CountAsync(row => row.UserId == user)));
}
