using EatFast.Drills.Checking;
using static EatFast.Drills.Tests.CheckerTests;

namespace EatFast.Drills.Tests;

/// <summary>The provider's books against ours.</summary>
public sealed class MoneyCheckerTests
{
    [Fact]
    public void I5_a_customer_was_charged_twice() => Finds(
        "I5", day => day with { Movements = [.. day.Movements, .. Town.Delivered.Movements] });

    [Fact]
    public void I5_a_charge_under_a_reference_that_we_never_stored() => Finds(
        "I5", day => day with { Movements = [.. day.Movements, new Movement(Guid.NewGuid(), "collect", "SUCCESSFUL", 4_000, "new")] });

    [Fact]
    public void I5_a_refund_that_was_never_sent() => Finds(
        "I5", day => day with { Movements = Without(day.Movements, movement => !movement.IsCollect) });

    [Fact]
    public void I5_a_refund_sent_twice() => Finds(
        "I5", day => day with { Movements = [.. day.Movements, .. Town.Refused.Movements.Where(movement => !movement.IsCollect)] });

    [Fact]
    public void I5_a_delivered_order_that_nobody_paid() => Finds(
        "I5", day =>
            day with { Movements = Without(day.Movements, movement => movement.ExternalReference == ReferenceOf(Town.Delivered)) });

    [Fact]
    public void I5_a_charge_that_failed_is_no_charge()
    {
        var day = Town.Healthy();
        var failed = new Movement(Guid.NewGuid(), "collect", "FAILED", 4_000, ReferenceOf(Town.Delivered));

        Assert.Empty(Checker.Check(day with { Movements = [.. day.Movements, failed] }).Violations);
    }

    [Fact]
    public void I7_money_came_in_and_is_not_booked() => Finds(
        "I7", day =>
            day with { Ledger = Without(day.Ledger, line => line.Kind == "capture" && line.PaymentId == Town.Delivered.Payment.Id) });

    [Fact]
    public void I7_money_is_booked_that_never_came() => Finds(
        "I7", day =>
            day with { Movements = Without(day.Movements, movement => movement.ExternalReference == ReferenceOf(Town.Delivered)) });

    [Fact]
    public void I7_an_order_is_completed_and_not_settled() => Finds(
        "I7", day =>
            day with { Ledger = Without(day.Ledger, line => line.Kind == "settlement" && line.PaymentId == Town.Cash.Payment.Id) });

    private static string ReferenceOf(OrderStory story) => story.Attempts.First().ExternalReference;
}
