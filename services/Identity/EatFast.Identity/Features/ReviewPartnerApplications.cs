using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Identity.Data;
using EatFast.Identity.Domain;
using EatFast.Identity.Input;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Identity.Features;

public sealed record ListPartnerApplicationsQuery(
    [property: FromQuery(Name = "status"), AllowedValues(
        ApplicationStatus.Pending, ApplicationStatus.UnderReview, ApplicationStatus.Approved, ApplicationStatus.Rejected, null)] string? Status,
    [property: FromQuery(Name = "type"), StringLength(40)] string? Type,
    [property: FromQuery(Name = "city"), StringLength(80)] string? City) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Type is not null && PartnerType.Find(Type) is null)
            yield return new("The field type must be restaurant or driver.", ["type"]);
    }
}

internal sealed record ListPartnerApplicationsResponse(IReadOnlyList<PartnerApplicationView> Applications, Pagination Pagination);

public sealed record SetApplicationStatusRequest(
    [property: Required, AllowedValues(ApplicationStatus.UnderReview, ApplicationStatus.Approved, ApplicationStatus.Rejected)] string? Status,
    [property: PlainText, StringLength(300)] string? Reason) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Status == ApplicationStatus.Rejected && string.IsNullOrWhiteSpace(Reason))
            yield return new("The field reason is required.", ["reason"]);
    }
}

/// <summary>
/// Operators look at who wants to work with us, and decide; the applicant is told by mail, with the reason. An account is made apart from
/// it, by register, and approved on its own. That somebody looked leaves a trace.
/// </summary>
internal static class ReviewPartnerApplications
{
    private const string Subject = "partner_application";

    public static void Map(IEndpointRouteBuilder applications)
    {
        applications.MapGet("/", Handle).WithName("ListPartnerApplications").WithSummary("List partner applications (operators)");
        applications.MapGet("/{applicationId:guid}", HandleOne).WithName("GetPartnerApplication").WithSummary("A partner application (operators)");
        applications.MapPatch("/{applicationId:guid}/status", HandleStatus)
            .WithName("SetPartnerApplicationStatus").WithSummary("Review, approve or reject a partner application (operators)").ProducesProblem(409);
    }

    internal static async Task<Ok<Envelope<ListPartnerApplicationsResponse>>> Handle(
        [AsParameters] ListPartnerApplicationsQuery query, [AsParameters] PageQuery page, CurrentUser admin, IdentityDbContext db,
        TimeProvider clock, CancellationToken ct)
    {
        var applications = db.PartnerApplications.AsNoTracking();
        if (query.Status is { } status)
            applications = applications.Where(row => row.Status == status);
        if (query.Type is { } word && PartnerType.Find(word) is { } type)
            applications = applications.Where(row => row.Type == type);
        if (query.City?.Trim().ToLowerInvariant() is { Length: > 0 } city)
            applications = applications.Where(row => row.City == city);
        var total = await applications.LongCountAsync(ct);
        var shown = await applications.OrderByDescending(row => row.CreatedAt).ThenByDescending(row => row.Id)
            .Skip(page.Skip).Take(page.Limit).ToListAsync(ct);
        db.RecordAction(admin, "partner_application.listed", Subject, null, clock.GetUtcNow(), ("status", query.Status), ("city", query.City));
        await db.SaveChangesAsync(ct);
        return Answer.Ok(new ListPartnerApplicationsResponse(shown.ConvertAll(PartnerApplicationView.Of), page.Of(total)));
    }

    internal static async Task<Ok<Envelope<PartnerApplicationView>>> HandleOne(
        Guid applicationId, CurrentUser admin, IdentityDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var application = await db.PartnerApplications.AsNoTracking().SingleOrDefaultAsync(row => row.Id == applicationId, ct)
            ?? throw new RuleViolatedException("APPLICATION_NOT_FOUND");
        db.RecordAction(admin, "partner_application.viewed", Subject, applicationId, clock.GetUtcNow());
        await db.SaveChangesAsync(ct);
        return Answer.Ok(PartnerApplicationView.Of(application));
    }

    internal static async Task<Ok<Envelope<PartnerApplicationView>>> HandleStatus(
        Guid applicationId, SetApplicationStatusRequest request, CurrentUser admin, IdentityDbContext db, Letters letters,
        TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var locked = await db.PartnerApplications
            .FromSql($"SELECT * FROM identity.partner_applications WHERE id = {applicationId} FOR UPDATE").ToListAsync(ct);
        var application = locked.SingleOrDefault() ?? throw new RuleViolatedException("APPLICATION_NOT_FOUND");
        var (previous, now) = (application.Status, clock.GetUtcNow());
        if (application.Judge(request.Status!, PlainTextAttribute.Normalise(request.Reason), now))
        {
            letters.TellApplicant(application, now);
            db.RecordAction(
                admin, "partner_application.status_changed", Subject, applicationId, now, ("from", previous), ("to", application.Status),
                ("reason", application.Reason));
            await db.SaveChangesAsync(ct);
        }
        await transaction.CommitAsync(ct);
        return Answer.Ok(PartnerApplicationView.Of(application));
    }
}
