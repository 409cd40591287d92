using EatFast.Identity.Contracts;
using EatFast.Notifications.Data;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Notifications.Features;

/// <summary>What was told to an erased person goes, with the wishes about it.</summary>
internal sealed class ForgetPerson(NotificationsDbContext db) : IConsumer<UserErased>
{
    public async Task Consume(ConsumeContext<UserErased> context)
    {
        var (userId, ct) = (context.Message.UserId, context.CancellationToken);
        await db.Notifications.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Messages.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.Preferences.Where(row => row.UserId == userId).ExecuteDeleteAsync(ct);
        await db.ForgetAnswersAsync(userId, ct);
    }
}
