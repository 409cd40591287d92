using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Data;

/// <summary>Keys, indexes and the rules that the database itself keeps.</summary>
internal static class IdentityMapping
{
    public static void MapAccounts(this ModelBuilder model)
    {
        model.Entity<User>(user =>
        {
            user.Property(row => row.Id).ValueGeneratedNever();
            user.Property(row => row.Version).IsConcurrencyToken();
            user.Property(row => row.LoyaltyTier).HasDefaultValue("bronze");
            user.HasIndex(row => row.EmailIndex).IsUnique();
            user.HasIndex(row => row.PhoneIndex).IsUnique();
            user.HasIndex(row => row.GoogleIndex).IsUnique().HasFilter("google_index IS NOT NULL");
            user.HasIndex(row => row.CreatedAt);
            user.HasIndex(row => row.TokensRevokedAt).HasFilter("tokens_revoked_at IS NOT NULL");
            user.HasIndex(row => row.SuspendedUntil).HasFilter("suspended_until IS NOT NULL");
            user.HasIndex(row => row.ErasureToldAt).HasFilter("erasure_told_at IS NOT NULL");
        });
        model.Entity<Address>(address =>
        {
            address.Property(row => row.Id).ValueGeneratedNever();
            address.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            address.HasIndex(row => new { row.UserId, row.CreatedAt });
            address.HasIndex(row => row.UserId).IsUnique().HasFilter("is_default").HasDatabaseName("ix_addresses_one_default");
        });
        model.Entity<Favorite>(favorite =>
        {
            favorite.HasKey(row => new { row.UserId, row.RestaurantId });
            favorite.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
        });
    }

    public static void MapSessions(this ModelBuilder model)
    {
        model.Entity<Session>(session =>
        {
            session.Property(row => row.Id).ValueGeneratedNever();
            session.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            session.HasMany(row => row.Tokens).WithOne().HasForeignKey(token => token.SessionId);
            session.HasIndex(row => new { row.UserId, row.CreatedAt });
            session.HasIndex(row => row.ExpiresAt);
            session.HasIndex(row => row.RevokedAt).HasFilter("revoked_at IS NOT NULL");
        });
        model.Entity<RefreshToken>(token =>
        {
            token.Property(row => row.Id).ValueGeneratedNever();
            token.HasIndex(row => row.Hash).IsUnique();
        });
        model.Entity<GuestSession>(guest =>
        {
            guest.Property(row => row.Id).ValueGeneratedNever();
            guest.HasIndex(row => row.SecretHash).IsUnique();
            guest.HasIndex(row => row.ExpiresAt);
        });
        model.Entity<OneTimeCode>(code =>
        {
            code.ToTable("one_time_codes");
            code.Property(row => row.Id).ValueGeneratedNever();
            code.HasIndex(row => new { row.AddressIndex, row.IssuedAt });
            code.HasIndex(row => row.TokenHash).IsUnique();
            code.HasIndex(row => row.ExpiresAt);
            code.HasIndex(row => new { row.Origin, row.IssuedAt }).HasFilter("origin IS NOT NULL");
        });
        model.Entity<SignInFailure>(failure =>
        {
            failure.Property(row => row.Id).ValueGeneratedNever();
            failure.HasIndex(row => new { row.Account, row.At });
            failure.HasIndex(row => new { row.Origin, row.At });
            failure.HasIndex(row => row.At);
        });
    }

    public static void MapSecondFactors(this ModelBuilder model)
    {
        model.Entity<TwoFactor>(factor =>
        {
            factor.HasKey(row => row.UserId);
            factor.Property(row => row.UserId).ValueGeneratedNever();
            factor.HasOne<User>().WithOne().HasForeignKey<TwoFactor>(row => row.UserId);
        });
        model.Entity<BackupCode>(code =>
        {
            code.Property(row => row.Id).ValueGeneratedNever();
            code.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            code.HasIndex(row => new { row.UserId, row.Hash }).IsUnique();
        });
        model.Entity<TrustedDevice>(device =>
        {
            device.Property(row => row.Id).ValueGeneratedNever();
            device.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            device.HasIndex(row => row.TokenHash).IsUnique();
        });
        model.Entity<SignInChallenge>(challenge =>
        {
            challenge.ToTable("sign_in_challenges");
            challenge.Property(row => row.Id).ValueGeneratedNever();
            challenge.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            challenge.HasIndex(row => row.ExpiresAt);
        });
    }

    public static void MapAudit(this ModelBuilder model)
    {
        model.Entity<AuditEntry>(entry =>
        {
            entry.ToTable("audit_entries", table => table.HasComment(EatFast.Data.Migrations.AppendOnly));
            entry.HasKey(row => row.Number);
            entry.Property(row => row.Number).ValueGeneratedNever();
            entry.HasIndex(row => row.ActionId).IsUnique();
            entry.HasIndex(row => new { row.SubjectId, row.Number });
            entry.HasIndex(row => new { row.ActorId, row.Number });
            entry.HasIndex(row => row.At);
        });
        model.Entity<AuditHead>(head =>
        {
            head.ToTable("audit_heads", table => table.HasComment(EatFast.Data.Migrations.AppendOnly));
            head.HasKey(row => row.Number);
            head.Property(row => row.Number).ValueGeneratedNever();
        });
    }
}
