using EatFast.Identity.Domain;
using EatFast.Messaging;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Data;

/// <summary>Accounts and sessions; everything that names a person is ciphertext here.</summary>
public sealed class IdentityDbContext(DbContextOptions<IdentityDbContext> options) : DbContext(options)
{
    public const string Schema = "identity";

    public DbSet<User> Users => Set<User>();

    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        modelBuilder.Entity<User>(user =>
        {
            user.Property(row => row.Id).ValueGeneratedNever();
            user.Property(row => row.Version).IsConcurrencyToken();
            user.HasIndex(row => row.EmailIndex).IsUnique();
            user.HasIndex(row => row.PhoneIndex).IsUnique();
        });
        modelBuilder.Entity<Session>(session =>
        {
            session.Property(row => row.Id).ValueGeneratedNever();
            session.HasOne<User>().WithMany().HasForeignKey(row => row.UserId);
            session.HasMany(row => row.Tokens).WithOne().HasForeignKey(token => token.SessionId);
            session.HasIndex(row => new { row.UserId, row.CreatedAt });
            session.HasIndex(row => row.ExpiresAt);
        });
        modelBuilder.Entity<RefreshToken>(token =>
        {
            token.Property(row => row.Id).ValueGeneratedNever();
            token.HasIndex(row => row.Hash).IsUnique();
        });
    }
}
