using EatFast.Catalog.Data;
using EatFast.Identity.Contracts;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Features;

/// <summary>An erased person's picture goes, and the words of reviews, whose stars stay; a restaurant is a business and outlives its owner's account.</summary>
internal sealed class ForgetPerson(CatalogDbContext db, ImageDesk images) : IConsumer<UserErased>
{
    public async Task Consume(ConsumeContext<UserErased> context)
    {
        var (userId, ct) = (context.Message.UserId, context.CancellationToken);
        await db.Reviews.Where(review => review.CustomerId == userId)
            .ExecuteUpdateAsync(review => review.SetProperty(row => row.Comment, (string?)null), ct);
        await images.DropAvatarAsync(userId, ct);
        await db.ForgetAnswersAsync(userId, ct);
    }
}
