using EatFast.Ordering.Data;
using EatFast.Ordering.Domain;
using EatFast.Payments.Contracts;
using MassTransit;

namespace EatFast.Ordering.Features;

/// <summary>What a customer got for points becomes a promotion for this customer and one order.</summary>
internal sealed class IssueReward(OrderingDbContext db, TimeProvider clock) : IConsumer<RewardCodeIssued>
{
    public async Task Consume(ConsumeContext<RewardCodeIssued> context)
    {
        var reward = context.Message;
        db.Add(Promotion.Reward(reward.RedemptionId, reward.Code, TermsOf(reward), clock.GetUtcNow()));
        await db.SaveChangesAsync(context.CancellationToken);
    }

    private static PromotionTerms TermsOf(RewardCodeIssued reward) => new()
    {
        Title = reward.Title,
        Type = reward.Type == PromotionType.FreeDelivery ? PromotionType.FreeDelivery : PromotionType.Fixed,
        Value = reward.ValueXaf,
        StartsAt = reward.IssuedAt,
        EndsAt = reward.ExpiresAt,
        OwnerId = reward.CustomerId
    };
}
