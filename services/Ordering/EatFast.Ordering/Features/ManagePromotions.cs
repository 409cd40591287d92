using EatFast.Data;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace EatFast.Ordering.Features;

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
        // Said by the database, because an order may use the promotion up at the same moment.
        catch (DbUpdateException over) when (over.InnerException is PostgresException { ConstraintName: PromotionMapping.UsageRule })
        {
            throw new RuleViolatedException("PROMOTION_LIMIT_TOO_LOW");
        }
    }
}
