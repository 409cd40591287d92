using EatFast.Errors;
using EatFast.Messaging;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;

namespace EatFast.Payments.Data;

/// <summary>The payments schema; its ledger tables can only be added to.</summary>
public sealed class PaymentsDbContext(DbContextOptions<PaymentsDbContext> options) : DbContext(options)
{
    public const string Schema = "payments";

    public DbSet<Payment> Payments => Set<Payment>();
    public DbSet<Attempt> Attempts => Set<Attempt>();
    public DbSet<LedgerEntry> LedgerEntries => Set<LedgerEntry>();
    public DbSet<Wallet> Wallets => Set<Wallet>();
    public DbSet<ReconciliationBreak> ReconciliationBreaks => Set<ReconciliationBreak>();
    public DbSet<LoyaltyAccount> LoyaltyAccounts => Set<LoyaltyAccount>();
    public DbSet<PointsMovement> LoyaltyPoints => Set<PointsMovement>();
    public DbSet<Payout> Payouts => Set<Payout>();
    public DbSet<CashHandOver> CashHandOvers => Set<CashHandOver>();
    public DbSet<ReconciliationRun> ReconciliationRuns => Set<ReconciliationRun>();
    public DbSet<FraudAlert> FraudAlerts => Set<FraudAlert>();
    public DbSet<RiskJudgement> RiskJudgements => Set<RiskJudgement>();
    public DbSet<RiskRulesRow> RiskRules => Set<RiskRulesRow>();
    public DbSet<FailedHandOver> FailedHandOvers => Set<FailedHandOver>();
    public DbSet<SavedMethod> SavedMethods => Set<SavedMethod>();
    public DbSet<RestaurantRate> RestaurantRates => Set<RestaurantRate>();
    public DbSet<ConvertedGuest> ConvertedGuests => Set<ConvertedGuest>();
    public DbSet<PollTurn> PollTurns => Set<PollTurn>();
    public DbSet<WebhookEvent> WebhookEvents => Set<WebhookEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        modelBuilder.Entity<Payment>(MapPayment);
        modelBuilder.Entity<Attempt>(MapAttempt);
        modelBuilder.Entity<LedgerEntry>(MapEntry);
        modelBuilder.Entity<LedgerLine>(MapLine);
        modelBuilder.Entity<Wallet>(MapWallet);
        modelBuilder.Entity<WebhookEvent>(MapWebhook);
        modelBuilder.MapReconciliation();
        modelBuilder.MapPayouts();
        modelBuilder.MapLoyalty();
        modelBuilder.MapRisk();
        modelBuilder.MapTerms();
        modelBuilder.Entity<PollTurn>(MapPollTurn);
    }

    /// <summary>The payment of an order with its attempts, tracked; uses ix_payments_order_id.</summary>
    public Task<Payment?> FindByOrderAsync(Guid orderId, CancellationToken ct) =>
        Payments.Include(payment => payment.Attempts).SingleOrDefaultAsync(payment => payment.OrderId == orderId, ct);

    /// <summary>As above, after everybody else has finished with the payment; needs a transaction.</summary>
    public async Task<Payment?> LockByOrderAsync(Guid orderId, CancellationToken ct)
    {
        await Database.ExecuteSqlAsync($"SELECT 1 FROM payments.payments WHERE order_id = {orderId} FOR UPDATE", ct);
        return await FindByOrderAsync(orderId, ct);
    }

    /// <summary>Stages a booking; one in which no money moves is none.</summary>
    public void Book(LedgerEntry entry)
    {
        if (entry.Lines.Count > 0)
            Add(entry);
    }

    /// <summary>Saves bookings too; refuses with INSUFFICIENT_BALANCE when the ledger finds that a wallet does not cover them.</summary>
    public async Task SaveBookedAsync(CancellationToken ct)
    {
        try
        {
            await SaveChangesAsync(ct);
        }
        catch (DbUpdateException refused)
            when (refused.InnerException is PostgresException { ConstraintName: WalletRules.BalanceConstraint })
        {
            throw new RuleViolatedException("INSUFFICIENT_BALANCE");
        }
    }

    private static void MapPayment(EntityTypeBuilder<Payment> payment)
    {
        payment.ToTable("payments", table => table.HasCheckConstraint(
            "ck_payments_amounts", "amount_xaf >= 0 AND refunded_xaf >= 0 AND refunded_xaf <= amount_xaf"));
        payment.Property(row => row.Id).ValueGeneratedNever();
        payment.Property(row => row.Version).IsConcurrencyToken();
        payment.Property(row => row.CommissionPercent).HasPrecision(5, 2);
        payment.HasIndex(row => row.OrderId).IsUnique();
        payment.HasIndex(row => new { row.CustomerId, row.CreatedAt });
        payment.HasIndex(row => new { row.UpdatedAt, row.Id });
        payment.HasIndex(row => row.RestaurantOwnerId).HasFilter("restaurant_owner_id IS NOT NULL");
        payment.HasMany(row => row.Attempts).WithOne().HasForeignKey(attempt => attempt.PaymentId);
    }

    private static void MapAttempt(EntityTypeBuilder<Attempt> attempt)
    {
        attempt.ToTable("payment_attempts");
        attempt.Property(row => row.Id).ValueGeneratedNever();
        attempt.Property(row => row.Version).IsConcurrencyToken();
        attempt.HasIndex(row => row.ExternalReference).IsUnique();
        attempt.HasIndex(row => row.ProviderReference).IsUnique();
        attempt.HasIndex(row => row.DueAt).HasFilter("due_at IS NOT NULL");
        // At most one charge at a time; a charge is refunded once, again only after a try that failed for certain.
        attempt.HasIndex(row => row.PaymentId, "ix_payment_attempts_open_collect").IsUnique()
            .HasFilter("kind = 'collect' AND status IN ('created', 'sending', 'processing', 'unknown')");
        attempt.HasIndex(row => new { row.RefundOf, row.Try }).IsUnique().HasFilter("refund_of IS NOT NULL");
        attempt.HasOne<Attempt>().WithMany().HasForeignKey(row => row.RefundOf);
        attempt.HasIndex(row => row.PaymentId);
        attempt.HasIndex(row => row.CreatedAt).HasFilter("ended_at IS NULL");
    }

    private static void MapEntry(EntityTypeBuilder<LedgerEntry> entry)
    {
        entry.ToTable("ledger_entries", table => table.HasComment(EatFast.Data.Migrations.AppendOnly));
        entry.Property(row => row.Id).ValueGeneratedNever();
        entry.HasIndex(row => new { row.Kind, row.SourceId }).IsUnique();
        entry.HasIndex(row => row.BookedAt);
        entry.HasOne<Payment>().WithMany().HasForeignKey(row => row.PaymentId);
        entry.HasMany(row => row.Lines).WithOne().HasForeignKey(line => line.EntryId);
    }

    private static void MapLine(EntityTypeBuilder<LedgerLine> line)
    {
        line.ToTable("ledger_lines", table =>
        {
            table.HasComment(EatFast.Data.Migrations.AppendOnly);
            table.HasCheckConstraint("ck_ledger_lines_amount", "amount_xaf <> 0");
        });
        line.HasKey(row => new { row.EntryId, row.Number });
        line.HasIndex(row => new { row.Account, row.OwnerId });
    }

    private static void MapWallet(EntityTypeBuilder<Wallet> wallet)
    {
        wallet.ToTable("wallets", table => table.HasCheckConstraint(WalletRules.BalanceConstraint, "account <> 'wallet' OR balance_xaf >= 0"));
        wallet.HasKey(row => new { row.Account, row.OwnerId });
    }

    private static void MapPollTurn(EntityTypeBuilder<PollTurn> turn)
    {
        turn.ToTable("poll_turns");
        turn.HasKey(row => row.Provider);
        turn.HasData(
            new PollTurn { Provider = PaymentMethods.CamPay },
            new PollTurn { Provider = PaymentMethods.NouPay },
            new PollTurn { Provider = PaymentMethods.Stripe });
    }

    private static void MapWebhook(EntityTypeBuilder<WebhookEvent> webhook)
    {
        webhook.ToTable("webhook_events");
        webhook.Property(row => row.Id).ValueGeneratedNever();
        webhook.HasIndex(row => new { row.Provider, row.Reference, row.Status }).IsUnique();
        webhook.HasIndex(row => row.ExternalReference).HasFilter("external_reference IS NOT NULL");
    }
}
