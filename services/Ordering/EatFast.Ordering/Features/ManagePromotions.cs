using System.ComponentModel.DataAnnotations;
using EatFast.Data;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Ordering.Features;

/// <summary>A whole promotion, on creation and on change alike; a limit of 0 is none.</summary>
public sealed record SavePromotionRequest(
    [property: Required, RegularExpression("^[A-Za-z0-9_-]{3,40}$")] string Code,
    [property: Required, StringLength(120)] string Title,
    [property: StringLength(1000)] string? Description,
    [property: Required, RegularExpression("^(percentage|fixed|free_delivery|freeDelivery)$")] string Type,
    [property: Range(0, 1_000_000)] long Value,
    [property: Range(0, 10_000_000)] long MinimumOrderAmount,
    [property: Range(1, 10_000_000)] long? MaximumDiscountAmount,
    [property: Required] DateTimeOffset? StartDate,
    [property: Required] DateTimeOffset? EndDate,
    bool? IsActive,
    bool IsFirstTimeOnly,
    [property: Range(0, int.MaxValue)] int UsageLimit,
    [property: Range(0, int.MaxValue)] int PerUserLimit,
    [property: MaxLength(1000)] IReadOnlyList<Guid>? ApplicableRestaurants,
    [property: MaxLength(1000)] IReadOnlyList<Guid>? ApplicableCategories) : IValidatableObject
{
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (EndDate <= StartDate)
            yield return new("The end comes after the start.", [nameof(EndDate)]);
        if (Type == PromotionType.Percentage ? Value is < 1 or > 100 : Type == PromotionType.Fixed && Value < 1)
            yield return new("A percentage is 1 to 100, a fixed amount at least 1.", [nameof(Value)]);
    }

    internal PromotionTerms ToTerms() => new()
    {
        Title = Title,
        Description = Description ?? "",
        Type = Type == "freeDelivery" ? PromotionType.FreeDelivery : Type,
        Value = Value,
        MinimumOrderXaf = MinimumOrderAmount,
        MaximumDiscountXaf = MaximumDiscountAmount,
        StartsAt = StartDate!.Value.ToUniversalTime(),
        EndsAt = EndDate!.Value.ToUniversalTime(),
        IsFirstOrderOnly = IsFirstTimeOnly,
        UsageLimit = UsageLimit,
        PerUserLimit = PerUserLimit,
        RestaurantIds = ApplicableRestaurants ?? [],
        CategoryIds = ApplicableCategories ?? []
    };
}

/// <summary>Admins make and change promotions; a used one is switched off instead of removed, because orders refer to it.</summary>
internal static class ManagePromotions
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin.MapPost("/", HandleCreate).WithName("CreatePromotion").WithSummary("Make a promotion");
        admin.MapGet("/{promotionId:guid}", HandleRead).WithName("GetPromotion").WithSummary("Read a promotion");
        admin.MapPut("/{promotionId:guid}", HandleChange).WithName("ChangePromotion").WithSummary("Change a promotion");
        admin.MapDelete("/{promotionId:guid}", HandleDelete).WithName("DeletePromotion").WithSummary("Remove an unused promotion");
    }

    internal static async Task<Created<Envelope<OwnPromotionView>>> HandleCreate(
        SavePromotionRequest request, CurrentUser admin, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var promotion = db.Add(Promotion.Create(request.Code, request.ToTerms(), request.IsActive ?? true, now)).Entity;
        db.RecordAction(admin, "promotion.created", "promotion", promotion.Id, now, ("code", promotion.Code));
        await SaveAsync(db, promotion, ct);
        return Answer.Created($"/api/v1/admin/promotions/{promotion.Id}", OwnPromotionView.Of(promotion));
    }

    internal static async Task<Ok<Envelope<OwnPromotionView>>> HandleRead(Guid promotionId, OrderingDbContext db, CancellationToken ct) =>
        Answer.Ok(OwnPromotionView.Of(await RequireAsync(promotionId, db, ct)));

    internal static async Task<Ok<Envelope<OwnPromotionView>>> HandleChange(
        Guid promotionId, SavePromotionRequest request, CurrentUser admin, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var (promotion, now) = (await RequireAsync(promotionId, db, ct), clock.GetUtcNow());
        promotion.Change(request.Code, request.ToTerms() with { OwnerId = promotion.Terms.OwnerId }, request.IsActive ?? promotion.IsActive, now);
        db.RecordAction(admin, "promotion.changed", "promotion", promotionId, now, ("code", promotion.Code));
        await SaveAsync(db, promotion, ct);
        return Answer.Ok(OwnPromotionView.Of(promotion));
    }

    internal static async Task<NoContent> HandleDelete(
        Guid promotionId, CurrentUser admin, OrderingDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var promotion = await RequireAsync(promotionId, db, ct);
        if (await db.Redemptions.AnyAsync(used => used.PromotionId == promotionId, ct))
            throw new RuleViolatedException("PROMOTION_IN_USE");
        db.Remove(promotion);
        db.RecordAction(admin, "promotion.removed", "promotion", promotionId, clock.GetUtcNow(), ("code", promotion.Code));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static async Task<Promotion> RequireAsync(Guid promotionId, OrderingDbContext db, CancellationToken ct) =>
        await db.Promotions.SingleOrDefaultAsync(promotion => promotion.Id == promotionId, ct)
        ?? throw new RuleViolatedException("PROMOTION_NOT_FOUND");

    private static async Task SaveAsync(OrderingDbContext db, Promotion promotion, CancellationToken ct)
    {
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (DbUpdateException taken) when (taken.IsDuplicate<Promotion>(db))
        {
            throw new RuleViolatedException("PROMOTION_CODE_TAKEN", ("code", promotion.Code));
        }
    }
}
