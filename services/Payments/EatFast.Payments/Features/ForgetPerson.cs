using EatFast.Identity.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>
/// An erased payer's numbers and words go once their money has arrived; payments and the ledger stay as they are, under an id that names
/// nobody any more.
/// </summary>
internal sealed class ForgetPerson(PaymentsDbContext db) : IConsumer<UserErased>
{
    public async Task Consume(ConsumeContext<UserErased> context)
    {
        var (userId, ct) = (context.Message.UserId, context.CancellationToken);
        await db.Attempts
            .Where(attempt => attempt.EndedAt != null)
            .Where(attempt => db.Payments.Any(payment => payment.Id == attempt.PaymentId && payment.CustomerId == userId)
                || db.Payouts.Any(payout => payout.Id == attempt.Id && payout.OwnerId == userId))
            .ExecuteUpdateAsync(attempt => attempt.SetProperty(row => row.SealedPhone, (string?)null), ct);
        await db.Payouts.Where(payout => payout.OwnerId == userId && payout.EndedAt != null).ExecuteUpdateAsync(payout => payout
            .SetProperty(row => row.SealedPhone, "")
            .SetProperty(row => row.Description, (string?)null), ct);
        await db.SavedMethods.Where(row => row.CustomerId == userId).ExecuteDeleteAsync(ct);
        await db.CashHandOvers.Where(row => row.DriverId == userId)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.Note, (string?)null), ct);
        // By what it shares with others, a proven fraud is still found again.
        if (!await db.FraudAlerts.AnyAsync(alert => alert.CustomerId == userId && alert.Status == FraudAlertStatus.Confirmed, ct))
        {
            await db.Set<RiskMark>().Where(mark => mark.CustomerId == userId).ExecuteDeleteAsync(ct);
            await db.FraudAlerts.Where(alert => alert.CustomerId == userId)
                .ExecuteUpdateAsync(alert => alert.SetProperty(row => row.Note, (string?)null), ct);
        }
        await db.ForgetAnswersAsync(userId, ct);
    }
}
