using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Domain;

public sealed class PricingTests
{
    [Fact]
    public void The_total_adds_fees_and_tax_to_the_dishes()
    {
        var item = new OrderItem { Position = 0, ItemId = Guid.NewGuid(), Name = "Ndolé", Quantity = 3, UnitPriceXaf = 1_250, Customizations = [] };

        var bill = Pricing.Of([item], minimumXaf: 3_750, deliveryFeeXaf: 800, new Charges(ServiceFeeXaf: 100, TaxPercent: 19.25m));

        Assert.Equal((3_750, 722, 5_372), (bill.SubtotalXaf, bill.TaxXaf, bill.TotalXaf));
    }

    [Fact]
    public void Order_numbers_of_a_day_do_not_repeat()
    {
        var now = new DateTimeOffset(2026, 11, 22, 23, 30, 0, TimeSpan.Zero);

        var numbers = Enumerable.Range(0, 100_000).Select(counter => OrderNumber.From(counter, now)).ToHashSet();

        Assert.Equal(100_000, numbers.Count);
        Assert.All(numbers.Take(10), number => Assert.StartsWith("EF-261123-", number, StringComparison.Ordinal));
    }
}
