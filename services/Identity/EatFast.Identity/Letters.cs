using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using EatFast.Http;
using EatFast.Identity.Contracts;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Messaging;
using EatFast.Security;
using Microsoft.Extensions.Options;

namespace EatFast.Identity;

/// <summary>What happens to what people send without signing in (section <c>Identity:Public</c>).</summary>
internal sealed class PublicRules
{
    /// <summary>Who is told of each message to support; without it nobody is, and the list has them.</summary>
    public string? SupportAddress { get; init; }

    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepResolved { get; init; } = TimeSpan.FromDays(365);

    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepUnconfirmed { get; init; } = TimeSpan.FromDays(30);

    [Range(typeof(TimeSpan), "1.00:00:00", "3650.00:00:00")]
    public TimeSpan KeepRejected { get; init; } = TimeSpan.FromDays(365);
}

/// <summary>Mail to people who need not have an account; it leaves with what the caller saves, and only Notifications can read it.</summary>
internal sealed class Letters(IdentityDbContext db, IConfiguration configuration, IOptions<PublicRules> rules)
{
    private readonly FieldCipher _cipher = FieldCipher.From(configuration, LetterSeal.Purpose);

    public void TellSupport(ContactMessage message, DateTimeOffset now)
    {
        if (rules.Value.SupportAddress is not { Length: > 0 } address)
            return;
        var content = message.Read();
        Stage("support.contact", address, Language.French, now,
            ("reference", message.Reference), ("category", message.Category), ("priority", message.Priority),
            ("name", $"{content.FirstName} {content.LastName}".Trim()), ("email", content.Email), ("phone", content.Phone ?? "-"),
            ("subject", content.Subject), ("message", content.Message));
    }

    /// <summary>Asks whether the newsletter is wanted at all; what is in the mail confirms it and ends it.</summary>
    public void AskToConfirm(NewsletterSubscription subscription, DateTimeOffset now)
    {
        var token = RefreshToken.NewSecret();
        subscription.MarkMailed(RefreshToken.HashOf(token), now);
        Stage("newsletter.confirm", subscription.Read().Email, subscription.Language, now, ("token", token));
    }

    public void TellApplicant(PartnerApplication application, DateTimeOffset now)
    {
        var content = application.Read();
        Stage($"partner.{application.Status}", content.Email, application.Language, now,
            ("name", content.ContactName), ("reason", application.Reason ?? ""), ("applicationId", $"{application.Id}"));
    }

    private void Stage(string kind, string address, string language, DateTimeOffset now, params (string Name, string Value)[] values)
    {
        var id = Guid.CreateVersion7(now);
        var said = JsonSerializer.Serialize(values.ToDictionary(value => value.Name, value => value.Value));
        db.Announce(new LetterIssued(
            id, kind, _cipher.Seal(address, LetterSeal.Place("address", id)), _cipher.Seal(said, LetterSeal.Place("values", id)),
            language, now), about: id, now);
    }
}
