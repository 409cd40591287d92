using EatFast.Identity.Contracts;
using EatFast.Ordering.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Tests.Features;

public sealed class AdoptGuestOrdersTests(OrderingSystem system)
{
    [Fact]
    public async Task The_orders_of_a_guest_become_those_of_the_account_and_no_others_do()
    {
        var (mine, other) = (await system.OrderAtAsync("pending", released: null), await system.OrderAtAsync("pending", released: null));
        var guestId = (await system.LoadAsync(mine.Id)).CustomerId;
        var otherId = (await system.LoadAsync(other.Id)).CustomerId;
        var converted = new GuestConverted(guestId, Guid.NewGuid(), system.Clock.GetUtcNow());

        await system.Ordering.DeliverAsync(converted, Guid.NewGuid(), times: 2);

        Assert.Equal(converted.UserId, (await system.LoadAsync(mine.Id)).CustomerId);
        Assert.Equal(otherId, (await system.LoadAsync(other.Id)).CustomerId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_cart_the_codes_used_and_the_history_go_along_however_often_it_is_told(bool hasCart)
    {
        var (guest, user, now) = (Guid.NewGuid(), Guid.NewGuid(), system.Clock.GetUtcNow());
        var order = await system.OrderAtAsync("pending", released: null);
        var promotion = Promotion.Create($"A{guest:N}"[..20], new() { Title = "", Type = "fixed", Value = 1, StartsAt = now, EndsAt = now }, true, now);
        await system.Ordering.WithDbAsync(db =>
        {
            db.Add(promotion);
            db.Add(CartOf(guest, "Eru"));
            if (hasCart)
                db.Add(CartOf(user, "Ndolé"));
            db.Add(new PromotionRedemption { OrderId = order.Id, PromotionId = promotion.Id, CustomerId = guest, DiscountXaf = 1, RedeemedAt = now });
            db.Add(new AnalyticsEvent { Id = Guid.NewGuid(), Name = "seen", OccurredAt = now, RecordedAt = now, UserId = guest });
            return db.SaveChangesAsync();
        });

        await system.Ordering.DeliverAsync(new GuestConverted(guest, user, now), Guid.NewGuid(), times: 2);
        await system.Ordering.DeliverAsync(new GuestConverted(guest, user, now));

        var carts = await system.Ordering.WithDbAsync(db => db.Carts.AsNoTracking().Where(cart => cart.OwnerId == guest || cart.OwnerId == user).ToListAsync());
        Assert.Equal((user, hasCart ? "Ndolé" : "Eru"), (Assert.Single(carts).OwnerId, carts[0].Lines[0].Name));
        Assert.Equal((1, 1, 0), await system.Ordering.WithDbAsync(async db => (
            await db.Redemptions.CountAsync(used => used.CustomerId == user), await db.Analytics.CountAsync(happened => happened.UserId == user && happened.Name == "seen"),
            await db.Analytics.CountAsync(happened => happened.UserId == guest))));
    }

    private Cart CartOf(Guid owner, string dish)
    {
        var cart = new Cart { OwnerId = owner };
        cart.Fill(Guid.NewGuid(), [new CartLine(Guid.NewGuid(), Guid.NewGuid(), dish, 1, 1_500, [], null)], system.Clock.GetUtcNow());
        return cart;
    }
}
