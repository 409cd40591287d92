using System.Text.Json;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Tests.Domain;

/// <summary>The rules as data: each holds from its bound on, what is not known counts for nothing, and the same facts get the same score.</summary>
public sealed class RiskRulesTests
{
    [Theory]
    [InlineData(RiskFeature.AmountXaf, 25_000, 25_001, RiskDecision.Otp)]
    [InlineData(RiskFeature.AmountXaf, 60_000, 60_001, RiskDecision.Prepay)]
    [InlineData(RiskFeature.OrdersLastHour, 9, 10, RiskDecision.Otp)]
    [InlineData(RiskFeature.OrdersLastDay, 24, 25, RiskDecision.Otp)]
    [InlineData(RiskFeature.OpenCashOrders, 4, 5, RiskDecision.Otp)]
    [InlineData(RiskFeature.FailedHandOvers, 0, 1, RiskDecision.Prepay)]
    [InlineData(RiskFeature.FailedHandOvers, 1, 2, RiskDecision.Review)]
    [InlineData(RiskFeature.FailedHandOversAtAddress, 0, 1, RiskDecision.Otp)]
    [InlineData(RiskFeature.AccountsOnDevice, 2, 3, RiskDecision.Review)]
    [InlineData(RiskFeature.AccountsOnPhone, 3, 4, RiskDecision.Otp)]
    [InlineData(RiskFeature.ConfirmedFrauds, 0, 1, RiskDecision.Review)]
    public async Task For_cash_of_the_new_each_bound_holds_exactly(string feature, long below, long from, string decision)
    {
        Assert.NotEqual(decision, (await ScoreAsync(RiskMethods.Cash, NewCustomer().With(feature, below))).Decision);
        Assert.Equal(decision, (await ScoreAsync(RiskMethods.Cash, NewCustomer().With(feature, from))).Decision);
    }

    [Theory]
    [InlineData(RiskFeature.NewPhones, 4, 5, RiskDecision.Otp)]
    [InlineData(RiskFeature.FailedCharges, 5, 6, RiskDecision.Otp)]
    [InlineData(RiskFeature.AccountsOnDevice, 2, 3, RiskDecision.Review)]
    public async Task For_mobile_money_each_bound_holds_exactly(string feature, long below, long from, string decision)
    {
        Assert.Equal(RiskDecision.Allow, (await ScoreAsync(RiskMethods.MobileMoney, NewCustomer().With(feature, below))).Decision);
        Assert.Equal(decision, (await ScoreAsync(RiskMethods.MobileMoney, NewCustomer().With(feature, from))).Decision);
    }

    [Fact]
    public async Task Whom_we_know_may_order_much_and_often()
    {
        var known = NewCustomer().With(RiskFeature.DeliveredOrders, 3).With(RiskFeature.AmountXaf, 90_000)
            .With(RiskFeature.OrdersLastHour, 50).With(RiskFeature.OpenCashOrders, 9);

        Assert.Equal(RiskDecision.Allow, (await ScoreAsync(RiskMethods.Cash, known)).Decision);
    }

    [Theory]
    [InlineData(RiskFeature.DistanceMetres, 15_000, "distance_long")]
    [InlineData(RiskFeature.StoppedOrders, 4, "orders_stopped")]
    [InlineData(RiskFeature.AccountsAtAddress, 5, "address_shared")]
    [InlineData(RiskFeature.IsGuest, 1, "guest")]
    public async Task Small_signs_add_up_and_are_named(string feature, long value, string code)
    {
        var without = await ScoreAsync(RiskMethods.Cash, NewCustomer());
        var with = await ScoreAsync(RiskMethods.Cash, NewCustomer().With(feature, value));

        Assert.Contains(with.Factors, factor => factor.Code == code && factor.Value == value && factor.Feature == feature);
        Assert.Equal(without.Score + with.Factors.Single(factor => factor.Code == code).Points, with.Score);
    }

    [Fact]
    public async Task What_is_not_known_counts_for_nothing()
    {
        var score = await ScoreAsync(RiskMethods.Cash, new RiskFeatures());

        Assert.Equal((0, RiskDecision.Allow), (score.Score, score.Decision));
    }

    [Fact]
    public async Task Rules_read_back_from_their_row_judge_the_same()
    {
        var again = RiskRuleBook.Read(JsonSerializer.Serialize(BuiltInRisk.First, JsonSerializerOptions.Web));
        var features = NewCustomer().With(RiskFeature.AmountXaf, 70_000).With(RiskFeature.FailedHandOvers, 1);

        var (first, second) = (await ScoreAsync(RiskMethods.Cash, features), await again.ScoreAsync(RiskMethods.Cash, features, default));

        Assert.Equal((first.Score, first.Decision, first.ScoredBy), (second.Score, second.Decision, second.ScoredBy));
        Assert.Equal(first.Factors, second.Factors);
    }

    [Fact]
    public async Task A_score_stays_between_nothing_and_a_hundred()
    {
        var worst = new RiskFeatures();
        foreach (var feature in RiskFeature.All)
            worst.With(feature, feature == RiskFeature.DeliveredOrders ? 0 : 1_000_000);

        Assert.Equal((100, RiskDecision.Review), ((await ScoreAsync(RiskMethods.Cash, worst)).Score, (await ScoreAsync(RiskMethods.Cash, worst)).Decision));
    }

    [Fact]
    public void Rules_that_cannot_be_used_say_why()
    {
        var good = BuiltInRisk.First;
        var rule = good.Rules[0];

        Assert.Empty(good.Complaints());
        Assert.Empty(BuiltInRisk.ColdStart.Complaints());
        Assert.NotEmpty((good with { Version = " " }).Complaints());
        Assert.NotEmpty((good with { Bands = new Dictionary<string, RiskBands>() }).Complaints());
        Assert.NotEmpty((good with { Rules = [rule, rule] }).Complaints());
        Assert.NotEmpty((good with { Rules = [rule with { Points = 101 }] }).Complaints());
        Assert.NotEmpty((good with { Rules = [rule with { Methods = ["barter"] }] }).Complaints());
        Assert.NotEmpty((good with { Rules = [rule with { Conditions = [new RiskCondition("star_sign", 1)] }] }).Complaints());
        Assert.NotEmpty((good with { Rules = [rule with { Conditions = [new RiskCondition(RiskFeature.AmountXaf)] }] }).Complaints());
        Assert.NotEmpty((good with { Rules = [null!] }).Complaints());
    }

    private static RiskFeatures NewCustomer() => new RiskFeatures()
        .With(RiskFeature.DeliveredOrders, 0).With(RiskFeature.AmountXaf, 5_000);

    private static ValueTask<RiskScore> ScoreAsync(string method, RiskFeatures features) =>
        BuiltInRisk.First.ScoreAsync(method, features, CancellationToken.None);
}
