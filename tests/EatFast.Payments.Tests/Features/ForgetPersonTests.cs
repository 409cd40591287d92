using EatFast.Delivery.Contracts;
using EatFast.Identity.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace EatFast.Payments.Tests.Features;

public sealed class ForgetPersonTests(PaymentsSystem system)
{
    [Fact]
    public async Task A_payers_number_goes_and_the_books_stay_however_often_it_is_told()
    {
        var (order, _) = await system.APaidOrderAsync();
        var before = await system.PaymentOfAsync(order.OrderId);
        Assert.Contains(before.Attempts, attempt => attempt.SealedPhone is not null);
        var booked = await BookedAsync(before.Id);

        await system.Payments.DeliverAsync(new UserErased(order.CustomerId, system.Clock.GetUtcNow()), times: 2);

        var after = await system.PaymentOfAsync(order.OrderId);
        Assert.All(after.Attempts, attempt => Assert.Null(attempt.SealedPhone));
        Assert.Equal((before.Status, before.AmountXaf, order.CustomerId), (after.Status, after.AmountXaf, after.CustomerId));
        Assert.NotEmpty(booked);
        Assert.Equal(booked, await BookedAsync(before.Id));
    }

    [Fact]
    public async Task What_is_shared_goes_with_the_person_unless_a_fraud_was_proven()
    {
        var (honest, fraud) = (Guid.NewGuid(), Guid.NewGuid());
        foreach (var customer in new[] { honest, fraud })
            await system.Payments.WithDbAsync(async db =>
            {
                db.Add(new RiskMark { Kind = RiskMark.Phone, Mark = $"{customer:N}", CustomerId = customer, FirstSeenAt = system.Clock.GetUtcNow() });
                var score = new RiskScore("test", 90, RiskDecision.Review, []);
                var judgement = RiskJudgement.Of(
                    new(Guid.NewGuid(), Guid.NewGuid(), customer, PaymentMethods.Cash, 9_000), score, new RiskFeatures(), false, system.Clock.GetUtcNow());
                var alert = FraudAlert.Of(judgement, system.Clock.GetUtcNow());
                if (customer == fraud)
                    alert.Decide(FraudAlertStatus.Confirmed, "the same hand", Guid.NewGuid(), system.Clock.GetUtcNow());
                db.Add(judgement);
                db.Add(alert);
                return await db.SaveChangesAsync();
            });

        foreach (var customer in new[] { honest, fraud })
            await system.Payments.DeliverAsync(new UserErased(customer, system.Clock.GetUtcNow()), times: 2);

        Assert.Equal((0, 1), (await MarksAsync(honest), await MarksAsync(fraud)));
    }

    [Fact]
    public async Task Whoever_holds_our_cash_is_still_needed()
    {
        var driver = Guid.NewGuid();
        await using var scope = system.Payments.Services.CreateAsyncScope();
        var records = scope.ServiceProvider.GetRequiredService<IPersonalRecords>();
        Assert.False(await records.IsNeededAsync(driver, CancellationToken.None));

        var order = await system.APlacedOrderAsync(PaymentMethods.Cash, 4_000);
        await system.Payments.DeliverAsync(new CashCollected(Guid.NewGuid(), order.OrderId, driver, 4_000, order.PlacedAt));

        Assert.True(await records.IsNeededAsync(driver, CancellationToken.None));
    }

    private Task<int> MarksAsync(Guid customer) => system.Payments.WithDbAsync(db => db.Set<RiskMark>().CountAsync(mark => mark.CustomerId == customer));

    private Task<List<long>> BookedAsync(Guid paymentId) => system.Payments.WithDbAsync(db => db.LedgerEntries
        .Where(entry => entry.PaymentId == paymentId).SelectMany(entry => entry.Lines)
        .OrderBy(line => line.EntryId).ThenBy(line => line.Number).Select(line => line.AmountXaf).ToListAsync());
}
