using EatFast.Identity.Contracts;
using EatFast.Ordering.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Tests.Features;

/// <summary>Accounts that order or pay with one number are known by it, and the number itself is nowhere.</summary>
public sealed class SharedPhoneTests(PaymentsSystem system)
{
    private readonly string _phone = system.APhone();

    [Fact]
    public async Task Cash_of_somebody_new_whose_number_pays_for_many_accounts_needs_the_proof_of_ones_own()
    {
        var customers = await FivePayersAsync();

        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: customers[^1]);
        var refused = await PayCashAsync(order);
        system.Identities.Prove(order.CustomerId, _phone);
        var allowed = await PayCashAsync(order);

        Assert.Equal(("PHONE_PROOF_REQUIRED", 200), (await refused.CodeAsync(), (int)allowed.StatusCode));
        var judgement = await JudgementAsync(order);
        Assert.Equal(4, judgement.Features[RiskFeature.AccountsOnPhone]);
        Assert.Contains(judgement.Factors, factor => factor is { Code: "phone_shared", Type: "shared_device" });
    }

    [Fact]
    public async Task A_number_that_went_from_account_to_account_is_seen_and_was_not_tried_for_a_charge()
    {
        OrderPlaced order = null!;
        for (var number = 0; number < 5; number++)
        {
            order = system.AnOrder(PaymentMethods.Cash);
            system.Identities.Number(order.CustomerId, _phone);
            await system.Payments.DeliverAsync(order, Guid.NewGuid(), times: 2);
        }

        var features = (await JudgementAsync(order)).Features;

        Assert.Equal((4L, 0L), (features[RiskFeature.AccountsOnPhone], features[RiskFeature.NewPhones]));
        Assert.Equal("PHONE_PROOF_REQUIRED", await (await PayCashAsync(order)).CodeAsync());
    }

    [Fact]
    public async Task Fewer_accounts_and_numbers_of_ones_own_count_for_nothing()
    {
        var customerId = Guid.NewGuid();
        await system.StartAsync(await system.APlacedOrderAsync(), _phone);
        await system.StartAsync(await system.APlacedOrderAsync(customerId: customerId), _phone);

        var shared = await system.APlacedOrderAsync(PaymentMethods.Cash, customerId: customerId);
        var alone = await system.APlacedOrderAsync(PaymentMethods.Cash);

        Assert.Equal((RiskDecision.Allow, 1L), await DecisionAsync(shared));
        Assert.Equal((RiskDecision.Allow, 0L), await DecisionAsync(alone));
    }

    [Fact]
    public async Task What_is_kept_is_no_number_and_goes_with_its_person()
    {
        var order = system.AnOrder(PaymentMethods.Cash);
        system.Identities.Number(order.CustomerId, _phone);
        await system.Payments.DeliverAsync(order);
        var kept = Assert.Single(await MarksAsync(order.CustomerId), mark => mark.Kind == RiskMark.OwnPhone);

        await system.Payments.DeliverAsync(new UserErased(order.CustomerId, system.Clock.GetUtcNow()), times: 2);

        Assert.Matches("^[0-9a-f]{32}$", kept.Mark);
        Assert.DoesNotContain(_phone[3..], kept.Mark, StringComparison.Ordinal);
        Assert.Empty(await MarksAsync(order.CustomerId));
    }

    private async Task<List<Guid>> FivePayersAsync()
    {
        var customers = Enumerable.Range(0, 5).Select(_ => Guid.NewGuid()).ToList();
        foreach (var customerId in customers)
            await system.StartAsync(await system.APlacedOrderAsync(customerId: customerId), _phone);
        return customers;
    }

    private Task<HttpResponseMessage> PayCashAsync(OrderPlaced order) =>
        system.PostAsync(order.CustomerId, "process", new { orderId = order.OrderId, method = "cash" });

    private async Task<(string Decision, long OnPhone)> DecisionAsync(OrderPlaced order)
    {
        var judgement = await JudgementAsync(order);
        return (judgement.Decision, judgement.Features[RiskFeature.AccountsOnPhone]);
    }

    private Task<RiskJudgement> JudgementAsync(OrderPlaced order) => system.Payments.WithDbAsync(db =>
        db.RiskJudgements.AsNoTracking().Where(row => row.OrderId == order.OrderId).OrderByDescending(row => row.DecidedAt).FirstAsync());

    private Task<List<RiskMark>> MarksAsync(Guid customerId) => system.Payments.WithDbAsync(db =>
        db.Set<RiskMark>().AsNoTracking().Where(mark => mark.CustomerId == customerId).ToListAsync());
}
