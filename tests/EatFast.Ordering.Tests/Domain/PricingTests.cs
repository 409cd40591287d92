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

    [Theory]
    [InlineData(5, false, 166)]
    [InlineData(10, true, 1_133)]
    [InlineData(0, false, 0)]
    public void A_tiers_part_is_rounded_down_to_whole_francs(int percent, bool isFree, long expected)
    {
        var item = new OrderItem { Position = 0, ItemId = Guid.NewGuid(), Name = "Eru", Quantity = 1, UnitPriceXaf = 3_333, Customizations = [] };

        var bill = Pricing.Of([item], 0, 800, new Charges(100, 0), tier: new TierBenefit(percent, isFree));

        Assert.Equal((expected, expected, 4_233 - expected), (bill.LoyaltyXaf, bill.DiscountXaf, bill.TotalXaf));
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
