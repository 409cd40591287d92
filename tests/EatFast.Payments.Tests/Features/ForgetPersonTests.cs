using EatFast.Identity.Contracts;
using Microsoft.EntityFrameworkCore;

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

    private Task<List<long>> BookedAsync(Guid paymentId) => system.Payments.WithDbAsync(db => db.LedgerEntries
        .Where(entry => entry.PaymentId == paymentId).SelectMany(entry => entry.Lines)
        .OrderBy(line => line.EntryId).ThenBy(line => line.Number).Select(line => line.AmountXaf).ToListAsync());
}
