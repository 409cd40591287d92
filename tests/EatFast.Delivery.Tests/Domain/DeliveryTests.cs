using EatFast.Delivery.Domain;
using EatFast.Errors;

namespace EatFast.Delivery.Tests.Domain;

public sealed class DeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private static Delivery.Domain.Delivery AnAssigned(out Driver driver)
    {
        var order = new OrderToDeliver { OrderId = Guid.NewGuid(), PickupCode = "1234", DropCode = "9876", PreparationMinutes = 20 };
        var delivery = Delivery.Domain.Delivery.Open(order, new Trip(4000, 17), Now);
        driver = Driver.Register(Guid.NewGuid(), "Blaise", "+237699000002", Now);
        driver.GoOnline(Now);
        delivery.AssignTo(driver, Now);
        return delivery;
    }

    [Fact]
    public void Accepting_binds_the_driver_and_makes_him_busy()
    {
        var delivery = AnAssigned(out var driver);

        Assert.Equal((DeliveryStatus.Assigned, driver.Id), (delivery.Status, delivery.DriverId));
        Assert.Equal(DriverStatus.Busy, driver.Status);
        Assert.Equal("DRIVER_BUSY", Assert.Throws<RuleViolatedException>(() => driver.GoOffline(Now)).Code);
    }

    [Fact]
    public void The_expected_time_is_cooking_and_then_riding() =>
        Assert.Equal(Now.AddMinutes(37), AnAssigned(out _).ExpectedAt);

    [Theory]
    [InlineData("pending", "assigned,cancelled")]
    [InlineData("assigned", "picking_up,picked_up,cancelled,failed")]
    [InlineData("picking_up", "picked_up,cancelled,failed")]
    [InlineData("picked_up", "delivering,cancelled,failed")]
    [InlineData("delivering", "delivered,cancelled,failed")]
    [InlineData("delivered", "")]
    [InlineData("cancelled", "")]
    [InlineData("failed", "")]
    public void The_table_of_transitions_is_this_and_no_more(string from, string allowed)
    {
        var reachable = Enum.GetValues<DeliveryStatus>().Where(to => Words.Parse<DeliveryStatus>(from).CanBecome(to));

        Assert.Equal(allowed, string.Join(',', reachable.Select(status => status.Word())));
    }

    [Fact]
    public void Five_wrong_codes_lock_even_the_right_one_for_ten_minutes()
    {
        var delivery = AnAssigned(out _);
        for (var left = 4; left >= 0; left--)
        {
            Assert.False(delivery.Accepts(DeliveryStatus.PickedUp, "0000", Now));
            Assert.Equal(left, delivery.CodeTriesLeft);
        }

        var locked = Assert.Throws<RuleViolatedException>(() => delivery.Accepts(DeliveryStatus.PickedUp, "1234", Now.AddMinutes(9)));

        Assert.Equal("CODE_LOCKED", locked.Code);
        Assert.True(delivery.Accepts(DeliveryStatus.PickedUp, "1234", Now.AddMinutes(10)));
    }

    [Fact]
    public void After_a_lock_there_are_five_tries_again()
    {
        var delivery = AnAssigned(out _);
        for (var i = 0; i < 5; i++)
            delivery.Accepts(DeliveryStatus.PickedUp, "0000", Now);

        Assert.False(delivery.Accepts(DeliveryStatus.PickedUp, "0000", Now.AddMinutes(11)));

        Assert.Equal(4, delivery.CodeTriesLeft);
    }

    [Fact]
    public void An_order_without_a_code_cannot_be_handed_over_with_an_empty_one()
    {
        var delivery = Delivery.Domain.Delivery.Open(new OrderToDeliver { OrderId = Guid.NewGuid() }, default, Now);
        var driver = Driver.Register(Guid.NewGuid(), "", "", Now);
        driver.GoOnline(Now);
        delivery.AssignTo(driver, Now);

        Assert.False(delivery.Accepts(DeliveryStatus.PickedUp, "1234", Now));
    }

    [Fact]
    public void A_delivered_one_cannot_be_cancelled()
    {
        var delivery = AnAssigned(out _);
        delivery.Advance(DeliveryStatus.PickedUp, Now);
        delivery.Advance(DeliveryStatus.Delivering, Now);
        delivery.Advance(DeliveryStatus.Delivered, Now);

        Assert.False(delivery.Cancel(Now));
        Assert.Equal(Now, delivery.DeliveredAt);
    }
}
