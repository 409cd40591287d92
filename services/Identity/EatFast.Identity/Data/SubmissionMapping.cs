using EatFast.Identity.Domain;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace EatFast.Identity.Data;

/// <summary>What people send without signing in; the lists go by status and by time, people are found by their address.</summary>
internal static class SubmissionMapping
{
    public static void MapSubmissions(this ModelBuilder model)
    {
        model.Entity<ContactMessage>(message =>
        {
            MapShared<ContactMessage, ContactContent>(message, "contact_messages");
            message.HasIndex(row => new { row.Status, row.CreatedAt });
            message.HasIndex(row => new { row.Digest, row.CreatedAt });
            message.HasIndex(row => row.Reference);
            message.HasIndex(row => row.ResolvedAt).HasFilter("resolved_at IS NOT NULL");
            message.HasIndex(row => row.EmailIndex);
        });
        model.Entity<NewsletterSubscription>(subscription =>
        {
            MapShared<NewsletterSubscription, NewsletterContent>(subscription, "newsletter_subscriptions");
            subscription.HasIndex(row => row.EmailIndex).IsUnique();
            subscription.HasIndex(row => row.TokenHash).IsUnique().HasFilter("token_hash IS NOT NULL");
            subscription.HasIndex(row => new { row.Status, row.CreatedAt });
        });
        model.Entity<PartnerApplication>(application =>
        {
            MapShared<PartnerApplication, PartnerContent>(application, "partner_applications");
            application.HasIndex(row => new { row.Status, row.CreatedAt });
            application.HasIndex(row => new { row.Digest, row.CreatedAt });
            application.HasIndex(row => row.EmailIndex);
        });
    }

    private static void MapShared<TRow, TContent>(EntityTypeBuilder<TRow> row, string table)
        where TRow : Submission<TContent> where TContent : class
    {
        row.ToTable(table);
        row.Property(r => r.Id).ValueGeneratedNever();
    }
}
