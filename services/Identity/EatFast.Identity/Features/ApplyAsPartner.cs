using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Data.Protection;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record ApplyAsPartnerRequest(
    [property: Required, StringLength(40)] string? Type,
    [property: PlainText, StringLength(120)] string? BusinessName,
    [property: Required, PlainText, StringLength(120)] string? ContactName,
    [property: Required, Email] string? Email,
    [property: Required, PhoneNumber] string? Phone,
    [property: Required, PlainText, StringLength(80)] string? City,
    [property: PlainText, StringLength(200)] string? Address,
    [property: PlainText, StringLength(80)] string? Cuisine,
    [property: PlainText, StringLength(80)] string? Vehicle,
    [property: LongText, StringLength(5000)] string? Message) : IValidatableObject
{
    // The website's names of the same.
    public string? PartnerType { init => Type ??= value; }

    public string? RestaurantName { init => BusinessName ??= value; }

    public string? OwnerName { init => ContactName ??= value; }

    public string? CuisineType { init => Cuisine ??= value; }

    public string? VehicleType { init => Vehicle ??= value; }

    public string? Description { init => Message ??= value; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        var type = Type is null ? null : Domain.PartnerType.Find(Type);
        if (type is null)
            yield return new("The field type must be restaurant or driver.", ["type"]);
        if (type == Domain.PartnerType.Restaurant && string.IsNullOrWhiteSpace(BusinessName))
            yield return new("The field businessName is required.", ["businessName"]);
    }
}

internal sealed record PartnerApplicationStatusView(
    Guid Id, string Type, string Status, string? Reason, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt, DateTimeOffset? DecidedAt)
{
    public static PartnerApplicationStatusView Of(PartnerApplication application) => new(
        application.Id, application.Type, application.Status, application.Reason, application.CreatedAt, application.UpdatedAt,
        application.DecidedAt);
}

/// <summary>
/// A restaurant or a driver asks to work with us, and later how far that is, by the id alone: it names nobody. The same application within
/// ten minutes is a second tap.
/// </summary>
internal static class ApplyAsPartner
{
    public static void Map(IEndpointRouteBuilder applications)
    {
        applications.MapPost("/", Handle).WithName(nameof(ApplyAsPartner)).WithSummary("Apply as a restaurant or a driver");
        applications.MapGet("/{applicationId:guid}/status", HandleStatus)
            .WithName("GetPartnerApplicationStatus").WithSummary("How far an application is");
    }

    internal static async Task<Created<Envelope<PartnerApplicationStatusView>>> Handle(
        ApplyAsPartnerRequest request, HttpContext http, IdentityDbContext db, PersonalDataVault vault, TimeProvider clock, CancellationToken ct)
    {
        var (type, city) = (PartnerType.Find(request.Type!)!, request.City!.Trim().ToLowerInvariant());
        var content = new PartnerContent(
            PlainTextAttribute.Normalise(request.BusinessName), request.ContactName!.Trim(), EmailAttribute.Normalise(request.Email!),
            PhoneNumberAttribute.Normalise(request.Phone!), PlainTextAttribute.Normalise(request.Address),
            PlainTextAttribute.Normalise(request.Cuisine), PlainTextAttribute.Normalise(request.Vehicle),
            PlainTextAttribute.Normalise(request.Message));
        var digest = vault.DigestOf(
            "partner", type, city, content.BusinessName, content.ContactName, content.Email, content.Phone, content.Address, content.Cuisine,
            content.Vehicle, content.Message);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.TakeTurnAsync(digest, ct);
        var now = clock.GetUtcNow();
        var since = now - PartnerApplication.Repeat;
        var application = await db.PartnerApplications.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Digest == digest && row.CreatedAt > since, ct);
        if (application is null)
        {
            application = PartnerApplication.Of(type, content, city, Language.Of(http), vault.EmailIndex(content.Email), digest, now);
            db.Add(application);
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return Answer.Created(
            $"/api/v1/public/partner-applications/{application.Id}/status", PartnerApplicationStatusView.Of(application));
    }

    internal static async Task<Ok<Envelope<PartnerApplicationStatusView>>> HandleStatus(
        Guid applicationId, IdentityDbContext db, CancellationToken ct) =>
        Answer.Ok(PartnerApplicationStatusView.Of(
            await db.PartnerApplications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == applicationId, ct)
            ?? throw new RuleViolatedException("APPLICATION_NOT_FOUND")));
}
