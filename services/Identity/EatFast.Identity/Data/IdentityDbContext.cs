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

    public DbSet<Address> Addresses => Set<Address>();

    public DbSet<Favorite> Favorites => Set<Favorite>();

    public DbSet<OneTimeCode> Codes => Set<OneTimeCode>();

    public DbSet<SignInFailure> SignInFailures => Set<SignInFailure>();

    public DbSet<AuditEntry> AuditEntries => Set<AuditEntry>();

    public DbSet<AuditHead> AuditHeads => Set<AuditHead>();

    public DbSet<TwoFactor> TwoFactors => Set<TwoFactor>();

    public DbSet<BackupCode> BackupCodes => Set<BackupCode>();

    public DbSet<TrustedDevice> TrustedDevices => Set<TrustedDevice>();

    public DbSet<SignInChallenge> Challenges => Set<SignInChallenge>();

    public DbSet<GuestSession> GuestSessions => Set<GuestSession>();

    public DbSet<ContactMessage> ContactMessages => Set<ContactMessage>();

    public DbSet<NewsletterSubscription> Subscriptions => Set<NewsletterSubscription>();

    public DbSet<PartnerApplication> PartnerApplications => Set<PartnerApplication>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.HasDefaultSchema(Schema);
        modelBuilder.MapMessaging();
        modelBuilder.MapAccounts();
        modelBuilder.MapSessions();
        modelBuilder.MapSecondFactors();
        modelBuilder.MapAudit();
        modelBuilder.MapSubmissions();
    }
}
