using EatFast.Identity.Contracts;

namespace EatFast.Delivery.Tests.Features;

public sealed class AdoptGuestDeliveriesTests(DeliverySystem system)
{
    [Fact]
    public async Task What_was_brought_to_a_guest_belongs_to_the_account_however_often_it_is_told()
    {
        var (mine, other) = (await system.AnOfferAsync(system.SomewhereElse()), await system.AnOfferAsync(system.SomewhereElse()));
        var (guest, before) = ((await system.FindAsync(mine))!.Order.CustomerId!.Value, (await system.FindAsync(other))!.Order.CustomerId);
        var converted = new GuestConverted(guest, Guid.NewGuid(), system.Clock.GetUtcNow());

        await system.Delivery.DeliverAsync(converted, Guid.NewGuid(), times: 2);
        await system.Delivery.DeliverAsync(converted);

        var adopted = (await system.FindAsync(mine))!.Order;
        Assert.Equal(converted.UserId, adopted.CustomerId);
        Assert.NotEqual("", adopted.DeliveryAddress);
        Assert.Equal(before, (await system.FindAsync(other))!.Order.CustomerId);
    }
}
