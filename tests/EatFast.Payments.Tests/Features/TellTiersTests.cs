using EatFast.Identity.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Contracts;
using EatFast.Payments.Domain;
using EatFast.Payments.Features;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>Others hear what a tier gives; what it took off an order is the platform's expense.</summary>
public sealed class TellTiersTests(PaymentsSystem system)
{
    private readonly Guid _customer = Guid.NewGuid();

    [Fact]
    public async Task News_of_points_say_what_the_tier_gives()
    {
        await DeliverAsync(_customer, 11_000);
        await DeliverAsync(_customer, 601_000);

        Assert.Equal([("bronze", 0, false), ("gold", 10, true)], (await ToldAsync(_customer)).Select(Benefit));
    }

    [Fact]
    public async Task A_tier_whose_benefit_was_changed_is_told_once_more_as_a_later_state()
    {
        await DeliverAsync(_customer, 101_000);
        await system.Payments.WithDbAsync(db => db.LoyaltyAccounts.Where(account => account.CustomerId == _customer)
            .ExecuteUpdateAsync(account => account.SetProperty(row => row.ToldEdition, "another")));

        await TellAsync();
        await TellAsync();

        Assert.Equal([(1, "silver", 5, false), (2, "silver", 5, false)], (await ToldAsync(_customer)).Select(told =>
            (told.Version, told.Tier, told.DiscountPercent ?? -1, told.HasFreeDelivery ?? true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_a_guests_points_make_of_an_account_is_told(bool hasPointsAlready)
    {
        var guest = Guid.NewGuid();
        await DeliverAsync(guest, 101_000);
        if (hasPointsAlready)
            await DeliverAsync(_customer, 11_000);

        await system.Payments.DeliverAsync(new GuestConverted(guest, _customer, system.Clock.GetUtcNow()), times: 2);
        await TellAsync();

        var told = await ToldAsync(_customer);
        Assert.Equal(("silver", 5, false), Benefit(told[^1]));
        Assert.Equal(told.Max(news => news.Version), told[^1].Version);
        Assert.Equal(told.Count, told.DistinctBy(news => news.Version).Count());
    }

    [Fact]
    public async Task What_a_tier_takes_off_costs_the_restaurant_and_the_driver_nothing_and_earns_the_same_points()
    {
        // Dishes for 3 000 and a fee of 1 000, less ten percent and the fee.
        var order = system.AnOrder(PaymentMethods.Cash, totalXaf: 2_700, customerId: _customer);
        system.Orders.Known[$"{order.OrderId}"].DiscountXaf = 1_300;
        await system.Payments.DeliverAsync(order);
        var driver = Guid.NewGuid();

        await system.Payments.DeliverAsync(Delivered(order, driver), times: 2);

        var payment = (await system.PaymentOfAsync(order.OrderId)).Id;
        Assert.Equal((2_550, 1_000, 1_300), (
            await system.WalletAsync(order.RestaurantId, Accounts.RestaurantPayable), await system.WalletAsync(driver, Accounts.DriverEarning),
            await system.BalanceAsync(Accounts.Promotions, null, payment)));
        Assert.Equal(-450, await system.BalanceAsync(Accounts.Commission, null, payment));
        Assert.Equal(0, await system.BalanceAsync(Accounts.OrderEscrow, null, payment));
        Assert.Equal(30, Assert.Single(await ToldAsync(_customer)).AvailablePoints);
    }

    private async Task DeliverAsync(Guid customerId, long totalXaf)
    {
        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, totalXaf, customerId);
        await system.Payments.DeliverAsync(Delivered(order, Guid.NewGuid()));
    }

    private Task<bool> TellAsync() => system.Payments.WithDbAsync(async db =>
    {
        await new TellTiers(db, system.Clock).RunAsync(CancellationToken.None);
        return true;
    });

    private Task<List<PointsChanged>> ToldAsync(Guid customerId) => system.EventsAsync<PointsChanged>(told => told.CustomerId == customerId);

    private static (string Tier, int Percent, bool IsFree) Benefit(PointsChanged told) =>
        (told.Tier, told.DiscountPercent!.Value, told.HasFreeDelivery!.Value);

    private static OrderDelivered Delivered(OrderPlaced order, Guid driverId) => new(
        order.OrderId, order.OrderNumber, order.CustomerId, order.RestaurantId, order.RestaurantOwnerId, driverId, order.TotalXaf, 8, order.PlacedAt);
}
