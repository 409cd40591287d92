using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Messaging;
using EatFast.Payments.Contracts;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record RedeemPointsRequest([property: Required, StringLength(50)] string RewardId, Guid? OrderId);

public sealed record RedeemPointsResponse(Guid RedemptionId, long PointsUsed, long RemainingPoints, string RewardCode, long Credited, DateTimeOffset? CodeExpiresAt);

/// <summary>
/// Turns points into money on the customer's wallet, through the ledger, or into a code that takes something off one order of this
/// customer, which is booked when that order is settled. The platform's promotions pay for both.
/// </summary>
internal static class RedeemPoints
{
    private static readonly TimeSpan CodeLifetime = TimeSpan.FromDays(90);

    public static void Map(IEndpointRouteBuilder loyalty) => loyalty
        .MapPost("/redeem", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(RedeemPoints))
        .WithSummary("Redeem a reward");

    internal static async Task<Ok<Envelope<RedeemPointsResponse>>> Handle(
        RedeemPointsRequest request, HttpContext http, CurrentUser user, PaymentsDbContext db, TimeProvider clock, CancellationToken ct)
    {
        var reward = LoyaltyRules.Rewards.FirstOrDefault(known => known.Id == request.RewardId)
            ?? throw new RuleViolatedException("REWARD_NOT_FOUND");
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Of two redemptions the second waits here and sees what the first has left.
        await db.Database.ExecuteSqlAsync($"SELECT 1 FROM payments.loyalty_accounts WHERE customer_id = {user.Id} FOR UPDATE", ct);
        var account = await db.LoyaltyAccounts.SingleOrDefaultAsync(row => row.CustomerId == user.Id, ct)
            ?? throw new RuleViolatedException("INSUFFICIENT_POINTS", ("available", 0), ("cost", reward.PointsCost));
        var now = clock.GetUtcNow();
        var oldest = await db.LoyaltyPoints.Where(row => row.CustomerId == user.Id && row.LeftPoints > 0)
            .OrderBy(row => row.CreatedAt).ToListAsync(ct);
        var redemption = Guid.CreateVersion7(now);
        db.Add(account.Redeem(redemption, reward, oldest, now));
        db.Announce(account.Told(now), about: user.Id, now);
        var code = $"EF-{redemption.ToString("N")[^8..].ToUpperInvariant()}";
        var isCredit = reward.Type == RewardType.Cashback;
        DateTimeOffset? expiresAt = isCredit ? null : now + CodeLifetime;
        if (isCredit)
            db.Add(OwnerBookings.Rewarded(user.Id, redemption, reward, now));
        else
            db.Announce(new RewardCodeIssued(redemption, user.Id, code, reward.Type, reward.ValueXaf, reward.Fr, now, expiresAt!.Value), user.Id, now);
        var answer = new Envelope<RedeemPointsResponse>(
            new RedeemPointsResponse(redemption, reward.PointsCost, account.AvailablePoints, code, isCredit ? reward.ValueXaf : 0, expiresAt));
        db.Remember(http, StatusCodes.Status200OK, null, answer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(answer);
    }
}
