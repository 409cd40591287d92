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

    // A code, which may give the delivery fee or a part of it, and a tier.
    private static readonly Gen<(long Code, long GivesOfFee, TierBenefit? Tier)> Benefits = Gen.Select(
        Gen.Long[-1_000, 10_000_000], Gen.Long[0, 30_000], Gen.Bool, Gen.OneOf(Gen.Const((TierBenefit?)null),
            Gen.Select(Gen.Int[0, 100], Gen.Bool, (percent, isFree) => (TierBenefit?)new TierBenefit(percent, isFree))),
        (code, fee, givesFee, tier) => (givesFee ? fee : code, givesFee ? fee : 0, tier));

    private static readonly Gen<Basket> Baskets = Gen.Select(
        Dish.Array[1, 20], Gen.Long[0, 20_000], Gen.Select(Gen.Long[0, 2_000], Gen.Decimal[0, 30], (fee, tax) => new Charges(fee, tax)),
        Benefits, Gen.Long[0, 5_000], (dishes, fee, charges, off, tip) =>
            new Basket(dishes, fee, charges, off.GivesOfFee > 0 ? Math.Min(off.Code, fee) : off.Code, Math.Min(off.GivesOfFee, fee), off.Tier, tip));

    [Fact]
    public void The_parts_of_a_bill_make_its_total_and_none_is_negative() => Baskets.Sample(basket =>
    {
        if (BillOf(basket) is not { } bill)
            return;
        Assert.Equal(
            bill.TotalXaf, bill.SubtotalXaf + bill.DeliveryFeeXaf + bill.ServiceFeeXaf + bill.TaxXaf - bill.DiscountXaf + bill.TipXaf);
        Assert.All(
            new[]
            {
                bill.SubtotalXaf, bill.DeliveryFeeXaf, bill.ServiceFeeXaf, bill.TaxXaf, bill.PromotionXaf, bill.LoyaltyXaf, bill.TipXaf, bill.TotalXaf
            },
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
        Assert.True(bill.PromotionXaf <= Math.Max(0, basket.Code));
        Assert.True(bill.DiscountXaf <= bill.SubtotalXaf + bill.DeliveryFeeXaf);
    });

    [Fact]
    public void A_tier_takes_off_its_part_of_the_dishes_and_what_is_left_of_the_fee() => Baskets.Sample(basket =>
    {
        if (BillOf(basket) is not { } bill)
            return;
        var part = bill.SubtotalXaf * (basket.Tier?.DiscountPercent ?? 0) / 100;
        var fee = basket.Tier?.HasFreeDelivery == true ? bill.DeliveryFeeXaf - basket.GivesOfFee : 0;
        Assert.Equal(Math.Min(part + fee, bill.SubtotalXaf + bill.DeliveryFeeXaf - bill.PromotionXaf), bill.LoyaltyXaf);
        Assert.Equal(BillOf(basket with { Tier = null })!.PromotionXaf, bill.PromotionXaf);
    });

    [Fact]
    public void The_sample_holds_bills_and_not_only_refusals()
    {
        var bills = 0;

        Baskets.Sample(basket => Interlocked.Add(ref bills, BillOf(basket) is null ? 0 : 1), iter: 200);

        Assert.True(bills > 100);
    }

    private static Pricing? BillOf(Basket basket)
    {
        try
        {
            var code = new Discount(Guid.Empty, "", basket.Code) { DeliveryXaf = basket.GivesOfFee };
            return Pricing.Of(basket.Dishes, 0, basket.Fee, basket.Charges, code, basket.Tip, basket.Tier);
        }
        catch (RuleViolatedException refused)
        {
            Assert.Equal("TIP_TOO_HIGH", refused.Code);
            return null;
        }
    }

    private sealed record Basket(
        OrderItem[] Dishes, long Fee, Charges Charges, long Code, long GivesOfFee, TierBenefit? Tier, long Tip);
}
