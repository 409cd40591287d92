using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EatFast.Identity.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ConfirmNewsletterRequest([property: Required, StringLength(200)] string? Token);

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record UnsubscribeFromNewsletterRequest(
    [property: StringLength(200)] string? Token, [property: Email] string? Email) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrEmpty(Token) == string.IsNullOrEmpty(Email))
            yield return new("Give either token or email.", ["token"]);
    }
}

internal sealed record NewsletterStatusResponse(string Status);

/// <summary>
/// What the mail holds confirms the newsletter, and ends it later; the address alone ends it too. Whether there was anything to end is not
/// told, and to end it twice is no error.
/// </summary>
internal static class AnswerNewsletterMail
{
    public static void Map(IEndpointRouteBuilder newsletter)
    {
        newsletter.MapPost("/confirm", HandleConfirm).WithName("ConfirmNewsletter").WithSummary("Confirm the newsletter by the mail's token");
        newsletter.MapPost("/unsubscribe", Handle)
            .WithName("UnsubscribeFromNewsletter").WithSummary("End the newsletter by the mail's token or by address");
        newsletter.MapPost("/unsubscribe/{token}", HandleLink)
            .WithName("UnsubscribeByLink").WithSummary("End the newsletter by the mail's token, in one click");
    }

    internal static async Task<Ok<Envelope<NewsletterStatusResponse>>> HandleConfirm(
        ConfirmNewsletterRequest request, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var subscription = await db.LockSubscriptionOfTokenAsync(request.Token!, ct);
        if (subscription?.Confirm(clock.GetUtcNow()) != true)
            throw new RuleViolatedException("NEWSLETTER_TOKEN_INVALID");
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new NewsletterStatusResponse(subscription.Status));
    }

    internal static Task<Ok<Envelope<NewsletterStatusResponse>>> Handle(
        UnsubscribeFromNewsletterRequest request, IdentityDbContext db, PersonalDataVault vault, TimeProvider clock, CancellationToken ct) =>
        request.Token is { Length: > 0 } token
            ? HandleLink(token, db, clock, ct)
            : EndAsync(db, () => db.LockSubscriptionAsync(vault.EmailIndex(EmailAttribute.Normalise(request.Email!)), ct), clock, ct);

    internal static Task<Ok<Envelope<NewsletterStatusResponse>>> HandleLink(
        string token, IdentityDbContext db, TimeProvider clock, CancellationToken ct) =>
        EndAsync(db, () => db.LockSubscriptionOfTokenAsync(token, ct), clock, ct);

    private static async Task<Ok<Envelope<NewsletterStatusResponse>>> EndAsync(
        IdentityDbContext db, Func<Task<NewsletterSubscription?>> find, TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (await find() is { } subscription)
            subscription.Unsubscribe(clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Answer.Ok(new NewsletterStatusResponse(SubscriptionStatus.Unsubscribed));
    }
}
