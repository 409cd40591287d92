using EatFast.Data;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Identity.Features;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity;

/// <summary>
/// What somebody sent without signing in belongs to the account that has proven the same address: it is exported and erased with it. An
/// address that nobody has proven may be a stranger's.
/// </summary>
internal sealed class Submissions(IdentityDbContext db)
{
    /// <summary>Null for an account that has not proven its address.</summary>
    public async Task<object?> ExportAsync(User user, CancellationToken ct)
    {
        if (!user.EmailVerified)
            return null;
        var messages = await db.ContactMessages.AsNoTracking()
            .Where(row => row.EmailIndex == user.EmailIndex).OrderBy(row => row.CreatedAt).ToListAsync(ct);
        var subscriptions = await db.Subscriptions.AsNoTracking()
            .Where(row => row.EmailIndex == user.EmailIndex && row.Status != SubscriptionStatus.Unsubscribed).ToListAsync(ct);
        var applications = await db.PartnerApplications.AsNoTracking()
            .Where(row => row.EmailIndex == user.EmailIndex).OrderBy(row => row.CreatedAt).ToListAsync(ct);
        return new
        {
            Messages = messages.ConvertAll(ContactMessageView.Of),
            Newsletter = subscriptions.ConvertAll(SubscriberView.Of),
            PartnerApplications = applications.ConvertAll(PartnerApplicationView.Of)
        };
    }

    /// <summary>Before the account loses its address.</summary>
    public async Task ForgetAsync(User user, CancellationToken ct)
    {
        if (!user.EmailVerified)
            return;
        await db.ContactMessages.Where(row => row.EmailIndex == user.EmailIndex).ExecuteDeleteAsync(ct);
        await db.Subscriptions.Where(row => row.EmailIndex == user.EmailIndex).ExecuteDeleteAsync(ct);
        await db.PartnerApplications.Where(row => row.EmailIndex == user.EmailIndex).ExecuteDeleteAsync(ct);
    }
}

/// <summary>What these forms need of the host.</summary>
internal static class SubmissionSetup
{
    public static void AddSubmissions(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<PublicRules>().BindConfiguration("Identity:Public").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.AddScoped<Letters>().AddScoped<Submissions>();
        builder.AddPersonalRows<IdentityDbContext, ContactMessage>();
        builder.AddPersonalRows<IdentityDbContext, NewsletterSubscription>();
        builder.AddPersonalRows<IdentityDbContext, PartnerApplication>();
        builder.AddPeriodicWork<ForgetOldSubmissions>(TimeSpan.FromHours(1));
    }
}
