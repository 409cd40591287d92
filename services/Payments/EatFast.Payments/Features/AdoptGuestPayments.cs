using EatFast.Identity.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>A guest made an account: payments, points, wallet and what risk knows of the guest are the user's, and so is what comes late.</summary>
internal sealed class AdoptGuestPayments(PaymentsDbContext db, TimeProvider clock) : IConsumer<GuestConverted>
{
    public async Task Consume(ConsumeContext<GuestConverted> context)
    {
        var (guestId, userId, ct) = (context.Message.GuestId, context.Message.UserId, context.CancellationToken);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.ConvertedGuests.AnyAsync(known => known.GuestId == guestId, ct))
            db.Add(new ConvertedGuest { GuestId = guestId, UserId = userId });
        // Another version: who holds the old owner in hand has to look again.
        await db.Payments.Where(payment => payment.CustomerId == guestId).ExecuteUpdateAsync(payment => payment
            .SetProperty(row => row.CustomerId, userId).SetProperty(row => row.Version, row => row.Version + 1), ct);
        await AdoptRiskAsync(guestId, userId, ct);
        await AdoptPointsAsync(guestId, userId, ct);
        await AdoptWalletAsync(guestId, userId, ct);
        // The session is over, so nobody can ask for its answers again.
        await db.ForgetAnswersAsync(guestId, ct);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
    }

    // Uses ix_risk_marks_customer_id_kind_first_seen_at; the user may have shown the same phone.
    private async Task AdoptRiskAsync(Guid guestId, Guid userId, CancellationToken ct)
    {
        await db.RiskJudgements.Where(row => row.CustomerId == guestId)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.CustomerId, userId), ct);
        await db.FraudAlerts.Where(row => row.CustomerId == guestId)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.CustomerId, userId), ct);
        await db.FailedHandOvers.Where(row => row.CustomerId == guestId)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.CustomerId, userId), ct);
        await db.Database.ExecuteSqlAsync($"""
            WITH gone AS (DELETE FROM payments.risk_marks WHERE customer_id = {guestId} RETURNING kind, mark, first_seen_at)
            INSERT INTO payments.risk_marks (kind, mark, customer_id, first_seen_at)
            SELECT kind, mark, {userId}, first_seen_at FROM gone ON CONFLICT (kind, mark, customer_id) DO NOTHING
            """, ct);
    }

    // Uses pk_loyalty_accounts and ix_loyalty_points_customer_id_created_at. Without a told edition TellTiers says what the sum makes.
    private async Task AdoptPointsAsync(Guid guestId, Guid userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"""
            WITH gone AS (DELETE FROM payments.loyalty_accounts WHERE customer_id = {guestId} RETURNING *)
            INSERT INTO payments.loyalty_accounts AS known
                (customer_id, available_points, earned_points, used_points, created_at, updated_at, version)
            SELECT {userId}, available_points, earned_points, used_points, created_at, updated_at, version FROM gone
            ON CONFLICT (customer_id) DO UPDATE SET version = known.version + 1, updated_at = EXCLUDED.updated_at, told_edition = NULL,
                available_points = known.available_points + EXCLUDED.available_points,
                earned_points = known.earned_points + EXCLUDED.earned_points, used_points = known.used_points + EXCLUDED.used_points
            """, ct);
        await db.LoyaltyPoints.Where(row => row.CustomerId == guestId)
            .ExecuteUpdateAsync(row => row.SetProperty(known => known.CustomerId, userId), ct);
    }

    // Uses pk_wallets. The lock keeps a refund of this moment from being passed on twice or not at all.
    private async Task AdoptWalletAsync(Guid guestId, Guid userId, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync(
            $"SELECT 1 FROM payments.wallets WHERE account = {Accounts.Wallet} AND owner_id = {guestId} FOR UPDATE", ct);
        var balanceXaf = await db.Wallets.Where(wallet => wallet.Account == Accounts.Wallet && wallet.OwnerId == guestId)
            .Select(wallet => wallet.BalanceXaf).SingleOrDefaultAsync(ct);
        if (balanceXaf > 0)
            db.Add(OwnerBookings.Adopted(guestId, userId, balanceXaf, clock.GetUtcNow()));
    }
}
