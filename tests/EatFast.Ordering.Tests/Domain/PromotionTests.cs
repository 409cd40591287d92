using EatFast.Errors;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering.Tests.Domain;

public sealed class PromotionTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid Restaurant = Guid.NewGuid();
    private static readonly Guid Drinks = Guid.NewGuid();

    [Theory]
    [InlineData(PromotionType.Percentage, 20, null, 2_000)]
    [InlineData(PromotionType.Percentage, 20, 1_500L, 1_500)]
    [InlineData(PromotionType.Percentage, 33, null, 3_300)]
    [InlineData(PromotionType.Fixed, 1_000, null, 1_000)]
    [InlineData(PromotionType.Fixed, 50_000, null, 10_000)]
    [InlineData(PromotionType.FreeDelivery, 0, null, 800)]
    [InlineData(PromotionType.FreeDelivery, 0, 500L, 500)]
    public void Each_kind_takes_off_what_it_says(string type, long value, long? cap, long expected)
    {
        var promotion = Of(new PromotionTerms { Title = "", Type = type, Value = value, MaximumDiscountXaf = cap, StartsAt = Noon, EndsAt = Noon.AddDays(1) });

        var discount = promotion.DiscountOn(Restaurant, [Dish(10_000)], 800, Noon);

        Assert.Equal(expected, discount.AmountXaf);
        Assert.Equal(type == PromotionType.FreeDelivery ? expected : 0, discount.DeliveryXaf);
    }

    [Fact]
    public void A_promotion_for_a_category_counts_only_its_dishes()
    {
        var promotion = Of(Terms(10) with { CategoryIds = [Drinks] });

        Assert.Equal(200, promotion.DiscountOn(Restaurant, [Dish(10_000), Dish(2_000, Drinks)], 0, Noon).AmountXaf);
        Assert.Equal("other_category", ReasonOf(promotion, Restaurant, [Dish(10_000)], Noon));
    }

    [Fact]
    public void Windows_minimum_restaurant_and_switch_are_kept()
    {
        var promotion = Of(Terms(10) with { MinimumOrderXaf = 5_000, RestaurantIds = [Restaurant] });
        var switchedOff = Promotion.Create("X10", Terms(10), isActive: false, Noon);

        Assert.Equal("not_started", ReasonOf(promotion, Restaurant, [Dish(5_000)], Noon.AddTicks(-1)));
        Assert.Equal("expired", ReasonOf(promotion, Restaurant, [Dish(5_000)], Noon.AddDays(1)));
        Assert.Equal("minimum_not_reached", ReasonOf(promotion, Restaurant, [Dish(4_999)], Noon));
        Assert.Equal("other_restaurant", ReasonOf(promotion, Guid.NewGuid(), [Dish(5_000)], Noon));
        Assert.Equal("inactive", ReasonOf(switchedOff, Restaurant, [Dish(5_000)], Noon));
        Assert.Null(ReasonOf(promotion, Restaurant, [Dish(5_000)], Noon));
    }

    private static PromotionTerms Terms(long percent) =>
        new() { Title = "", Type = PromotionType.Percentage, Value = percent, StartsAt = Noon, EndsAt = Noon.AddDays(1) };

    private static Promotion Of(PromotionTerms terms) => Promotion.Create(" welcome10 ", terms, isActive: true, Noon);

    private static OrderItem Dish(long price, Guid? category = null) => new()
    {
        Position = 0,
        ItemId = Guid.NewGuid(),
        CategoryId = category,
        Name = "",
        Quantity = 1,
        UnitPriceXaf = price,
        Customizations = []
    };

    private static object? ReasonOf(Promotion promotion, Guid restaurant, OrderItem[] items, DateTimeOffset now)
    {
        try
        {
            promotion.DiscountOn(restaurant, items, 0, now);
            return null;
        }
        catch (RuleViolatedException refused)
        {
            return refused.Details[0].Value;
        }
    }
}
