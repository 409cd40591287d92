using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Data;

/// <summary>Who means the same at once goes one after the other: an account, an address, the same words.</summary>
internal static class Turns
{
    /// <summary>Waits until nobody else holds this hash; held until the transaction ends.</summary>
    public static Task TakeTurnAsync(this IdentityDbContext db, byte[] hash, CancellationToken ct)
    {
        var turn = BitConverter.ToInt64(hash);
        return db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({turn})", ct);
    }

    /// <summary>The subscription of an address, locked until the transaction ends.</summary>
    public static async Task<NewsletterSubscription?> LockSubscriptionAsync(this IdentityDbContext db, byte[] emailIndex, CancellationToken ct) =>
        (await db.Subscriptions.FromSql($"SELECT * FROM identity.newsletter_subscriptions WHERE email_index = {emailIndex} FOR UPDATE")
            .ToListAsync(ct)).SingleOrDefault();

    /// <summary>The same by what its mail holds.</summary>
    public static async Task<NewsletterSubscription?> LockSubscriptionOfTokenAsync(this IdentityDbContext db, string token, CancellationToken ct)
    {
        var hash = RefreshToken.HashOf(token.Trim());
        return (await db.Subscriptions.FromSql($"SELECT * FROM identity.newsletter_subscriptions WHERE token_hash = {hash} FOR UPDATE")
            .ToListAsync(ct)).SingleOrDefault();
    }
}
