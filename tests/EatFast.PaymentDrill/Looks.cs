using EatFast.Payments.Domain;
using EatFast.Testing;
using Microsoft.EntityFrameworkCore;

namespace EatFast.PaymentDrill;

/// <summary>What came of a payment, looked at until it is what it has to become.</summary>
public static class Looks
{
    private static readonly TimeSpan Hurry = TimeSpan.FromMilliseconds(250);

    public static Task<Payment> PaymentOfAsync(this PaymentsSystem system, Guid orderId) => system.Payments.WithDbAsync(db =>
        db.Payments.AsNoTracking().Include(payment => payment.Attempts).SingleAsync(payment => payment.OrderId == orderId));

    public static Task<Payment> UntilAsync(this PaymentsSystem system, Guid orderId, string status) =>
        system.UntilAsync(orderId, payment => payment.Status == status, $"the payment is {status}");

    public static async Task<Payment> UntilAsync(
        this PaymentsSystem system, Guid orderId, Predicate<Payment> condition, string expectation) => await Eventually.Value(
        async () => await system.PaymentOfAsync(orderId) is var payment && condition(payment) ? payment : null, expectation);

    /// <summary>As above, where only time is missing: it passes about ten times as fast until the provider was asked often enough.</summary>
    public static Task<Payment> UntilAskedAsync(this PaymentsSystem system, Guid orderId, string status) =>
        system.UntilAskedAsync(orderId, payment => payment.Status == status, $"the payment is {status}");

    public static async Task<Payment> UntilAskedAsync(
        this PaymentsSystem system, Guid orderId, Predicate<Payment> condition, string expectation) => await Eventually.Value(
        async () =>
        {
            var payment = await system.PaymentOfAsync(orderId);
            if (condition(payment))
                return payment;
            system.Clock.Advance(Hurry);
            return null;
        },
        expectation);

    public static async Task<List<TEvent>> EventsAsync<TEvent>(this PaymentsSystem system, Func<TEvent, bool> which) =>
        (await system.Payments.AnnouncedAsync<TEvent>()).FindAll(row => which(row));

    /// <summary>The balance of an owner's account, or of all owners.</summary>
    public static Task<long> BalanceAsync(this PaymentsSystem system, string account, Guid? ownerId, Guid paymentId) =>
        system.Payments.WithDbAsync(db => db.LedgerEntries
            .Where(entry => entry.PaymentId == paymentId)
            .SelectMany(entry => entry.Lines)
            .Where(line => line.Account == account && (ownerId == null || line.OwnerId == ownerId))
            .SumAsync(line => line.AmountXaf));
}
