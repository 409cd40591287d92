using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

/// <summary>The website sends one name instead of two.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record SendContactMessageRequest(
    [property: PlainText, StringLength(80)] string? FirstName,
    [property: PlainText, StringLength(80)] string? LastName,
    [property: PlainText, StringLength(160)] string? Name,
    [property: Required, Email] string? Email,
    [property: StringLength(32)] string? Phone,
    [property: Required, PlainText, StringLength(200)] string? Subject,
    [property: Required, LongText, StringLength(5000)] string? Message,
    [property: PlainText, StringLength(40)] string? Category,
    [property: StringLength(20)] string? Priority,
    [property: PlainText, StringLength(60)] string? Source) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (string.IsNullOrWhiteSpace(FirstName) && string.IsNullOrWhiteSpace(Name))
            yield return new("The field firstName is required.", ["firstName"]);
        // The forms send an empty number when none was typed.
        if (!string.IsNullOrWhiteSpace(Phone) && !new PhoneNumberAttribute().IsValid(Phone))
            yield return new("The field phone must be a phone number.", ["phone"]);
        if (ContactPriority.Find(Priority) is null)
            yield return new("The field priority must be low, normal, high or urgent.", ["priority"]);
    }
}

internal sealed record SendContactMessageResponse(Guid Id, string Reference, string Status, DateTimeOffset CreatedAt);

/// <summary>Anybody writes to support. The same words within ten minutes are a second tap: kept once, and answered alike.</summary>
internal static class SendContactMessage
{
    private const string General = "general";

    public static void Map(IEndpointRouteBuilder forms) => forms
        .MapPost("/contact", Handle)
        .WithName(nameof(SendContactMessage))
        .WithSummary("Write to support");

    internal static async Task<Created<Envelope<SendContactMessageResponse>>> Handle(
        SendContactMessageRequest request, IdentityDbContext db, PersonalDataVault vault, Letters letters, TimeProvider clock,
        CancellationToken ct)
    {
        var content = ContentOf(request);
        var category = PlainTextAttribute.Normalise(request.Category)?.ToLowerInvariant() ?? General;
        var priority = ContactPriority.Find(request.Priority)!;
        var digest = vault.DigestOf(
            "contact", content.FirstName, content.LastName, content.Email, content.Phone, content.Subject, content.Message, category, priority);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(digest, ct);
        var now = clock.GetUtcNow();
        var since = now - ContactMessage.Repeat;
        var message = await db.ContactMessages.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Digest == digest && row.CreatedAt > since, ct);
        if (message is null)
        {
            message = ContactMessage.Of(content, category, priority, vault.EmailIndex(content.Email), digest, now);
            db.Add(message);
            letters.TellSupport(message, now);
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        // As it was when it came: how far support is with it is not told to whoever can repeat the words.
        return Answer.Created(
            $"/api/v1/admin/contact/{message.Id}",
            new SendContactMessageResponse(message.Id, message.Reference, ContactStatus.New, message.CreatedAt));
    }

    private static ContactContent ContentOf(SendContactMessageRequest request) => new(
        PlainTextAttribute.Normalise(request.FirstName) ?? request.Name!.Trim(),
        PlainTextAttribute.Normalise(request.LastName),
        EmailAttribute.Normalise(request.Email!),
        string.IsNullOrWhiteSpace(request.Phone) ? null : PhoneNumberAttribute.Normalise(request.Phone),
        request.Subject!.Trim(),
        request.Message!.Trim(),
        PlainTextAttribute.Normalise(request.Source));
}
