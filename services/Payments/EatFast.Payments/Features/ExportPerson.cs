using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>What we keep of a payer and of an owner: payments with the numbers they came from, bookings, points, payouts, cash and risk.</summary>
internal sealed class ExportPerson(PaymentsDbContext db, PhoneCipher cipher, SavedMethods saved) : IPersonalRecords
{
    public async Task<object> ExportAsync(Guid userId, CancellationToken ct)
    {
        var payments = await db.Payments.AsNoTracking().Include(payment => payment.Attempts)
            .Where(payment => payment.CustomerId == userId).OrderBy(payment => payment.CreatedAt).ToListAsync(ct);
        var payouts = await db.Payouts.AsNoTracking().Where(payout => payout.OwnerId == userId)
            .OrderBy(payout => payout.RequestedAt).ToListAsync(ct);
        var judgements = await db.RiskJudgements.AsNoTracking().Where(row => row.CustomerId == userId)
            .OrderBy(row => row.DecidedAt).ToListAsync(ct);
        return new
        {
            Payments = payments.ConvertAll(Show),
            Balances = await db.Wallets.AsNoTracking().Where(wallet => wallet.OwnerId == userId)
                .Select(wallet => new { wallet.Account, wallet.BalanceXaf }).ToListAsync(ct),
            Bookings = await db.Set<LedgerLine>().AsNoTracking().Where(line => line.OwnerId == userId)
                .Join(
                    db.LedgerEntries, line => line.EntryId, entry => entry.Id,
                    (line, entry) => new { line.Account, line.AmountXaf, entry.Kind, entry.BookedAt })
                .OrderBy(booked => booked.BookedAt).ToListAsync(ct),
            Points = await db.LoyaltyPoints.AsNoTracking().Where(row => row.CustomerId == userId).OrderBy(row => row.CreatedAt)
                .Select(row => new { row.Kind, row.Points, row.CreatedAt, row.ExpiresAt }).ToListAsync(ct),
            SavedMethods = await saved.ListAsync(userId, ct),
            Payouts = payouts.ConvertAll(Show),
            CashHandOvers = await db.CashHandOvers.AsNoTracking().Where(row => row.DriverId == userId).OrderBy(row => row.DeclaredAt)
                .Select(row => new { row.DeclaredXaf, row.CountedXaf, row.Note, row.DeclaredAt }).ToListAsync(ct),
            Judgements = judgements.ConvertAll(row => new { row.OrderId, row.Method, row.Decision, row.Score, row.Features, row.Factors, row.DecidedAt }),
            FraudAlerts = await db.FraudAlerts.AsNoTracking().Where(row => row.CustomerId == userId).OrderBy(row => row.CreatedAt)
                .Select(row => new { row.OrderId, row.Type, row.RiskScore, row.Status, row.CreatedAt, row.DecidedAt }).ToListAsync(ct),
            RefusedAtTheDoor = await db.FailedHandOvers.AsNoTracking().Where(row => row.CustomerId == userId).OrderBy(row => row.FailedAt)
                .Select(row => new { row.OrderId, row.FailedAt }).ToListAsync(ct)
        };
    }

    // A payment or a payout that is not decided, or cash of ours in a driver's pocket.
    public async Task<bool> IsNeededAsync(Guid userId, CancellationToken ct) =>
        await db.Attempts.AnyAsync(
            attempt => attempt.EndedAt == null && db.Payments.Any(payment => payment.Id == attempt.PaymentId && payment.CustomerId == userId), ct)
        || await db.Payouts.AnyAsync(payout => payout.OwnerId == userId && payout.EndedAt == null, ct)
        || await db.Wallets.AnyAsync(wallet => wallet.OwnerId == userId && wallet.Account == Accounts.CashFloat && wallet.BalanceXaf != 0, ct);

    private object Show(Payment payment) => new
    {
        payment.Id,
        payment.OrderNumber,
        payment.Method,
        payment.Status,
        payment.AmountXaf,
        payment.RefundedXaf,
        payment.CreatedAt,
        Attempts = payment.Attempts.Select(attempt => new
        {
            attempt.Kind,
            attempt.Provider,
            attempt.Status,
            attempt.AmountXaf,
            attempt.CreatedAt,
            Phone = attempt.SealedPhone is { Length: > 0 } box ? cipher.Open(box, attempt.RefundOf ?? attempt.Id) : null
        })
    };

    private object Show(Payout payout) => new
    {
        payout.AmountXaf,
        payout.Status,
        payout.Description,
        payout.RequestedAt,
        Phone = payout.SealedPhone is { Length: > 0 } box ? cipher.Open(box, payout.Id) : null
    };
}
