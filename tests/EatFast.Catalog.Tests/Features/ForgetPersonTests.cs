using EatFast.Identity.Contracts;
using EatFast.Ordering.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Catalog.Tests.Features;

public sealed class ForgetPersonTests(CatalogSystem system)
{
    [Fact]
    public async Task The_words_of_a_review_go_with_its_author_and_the_stars_stay_however_often_it_is_told()
    {
        var kitchen = await system.OpenKitchenAsync();
        var (order, author, now) = (Guid.NewGuid(), Guid.NewGuid(), system.Clock.GetUtcNow());
        await system.Catalog.DeliverAsync(new OrderRated(
            order, "EF-1", author, kitchen.Id, kitchen.Restaurant.OwnerId, 4, null, null, "Chez Aïcha, Rue Joss 12", 9, now));

        await system.Catalog.DeliverAsync(new UserErased(author, now), times: 2);

        var review = await system.Catalog.WithDbAsync(db => db.Reviews.AsNoTracking().SingleAsync(row => row.OrderId == order));
        Assert.Equal((4, (string?)null), (review.Rating, review.Comment));
    }
}
