using CsCheck;
using EatFast.Errors;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Domain;

public sealed class PricingProperties
{
    private static readonly Gen<OrderItem> Dish = Gen.Select(Gen.Long[0, 50_000], Gen.Int[1, 99], (price, quantity) => new OrderItem
    {
        Position = 0,
        ItemId = Guid.Empty,
        Name = "",
        Quantity = quantity,
        UnitPriceXaf = price,
        Customizations = []
    });

    private static readonly Gen<(OrderItem[] Dishes, long Fee, Charges Charges, long Discount, long Tip)> Baskets = Gen.Select(
        Dish.Array[1, 20], Gen.Long[0, 20_000], Gen.Select(Gen.Long[0, 2_000], Gen.Decimal[0, 30], (fee, tax) => new Charges(fee, tax)),
        Gen.Long[-1_000, 10_000_000], Gen.Long[0, 5_000], (dishes, fee, charges, discount, tip) => (dishes, fee, charges, discount, tip));

    [Fact]
    public void The_parts_of_a_bill_make_its_total_and_none_is_negative() => Baskets.Sample(basket =>
    {
        if (BillOf(basket) is not { } bill)
            return;
        Assert.Equal(
            bill.TotalXaf, bill.SubtotalXaf + bill.DeliveryFeeXaf + bill.ServiceFeeXaf + bill.TaxXaf - bill.DiscountXaf + bill.TipXaf);
        Assert.All(
            new[] { bill.SubtotalXaf, bill.DeliveryFeeXaf, bill.ServiceFeeXaf, bill.TaxXaf, bill.DiscountXaf, bill.TipXaf, bill.TotalXaf },
            part => Assert.True(part >= 0));
    });

    [Fact]
    public void The_same_basket_always_costs_the_same_in_any_order_of_its_lines() => Baskets.Sample(basket =>
        Assert.Equal(BillOf(basket), BillOf(basket with { Dishes = [.. basket.Dishes.Reverse()] })));

    [Fact]
    public void A_discount_never_takes_more_than_it_is_meant_to() => Baskets.Sample(basket =>
    {
        if (BillOf(basket) is not { } bill)
            return;
        Assert.True(bill.DiscountXaf <= Math.Max(0, basket.Discount));
        Assert.True(bill.DiscountXaf <= bill.SubtotalXaf + bill.DeliveryFeeXaf);
    });

    [Fact]
    public void The_sample_holds_bills_and_not_only_refusals()
    {
        var bills = 0;

        Baskets.Sample(basket => Interlocked.Add(ref bills, BillOf(basket) is null ? 0 : 1), iter: 200);

        Assert.True(bills > 100);
    }

    private static Pricing? BillOf((OrderItem[] Dishes, long Fee, Charges Charges, long Discount, long Tip) basket)
    {
        try
        {
            return Pricing.Of(basket.Dishes, 0, basket.Fee, basket.Charges, basket.Discount, basket.Tip);
        }
        catch (RuleViolatedException refused)
        {
            Assert.Equal("TIP_TOO_HIGH", refused.Code);
            return null;
        }
    }
}
