using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Clients;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments;

/// <summary>What may be paid out at once, in a day, and without a second pair of eyes.</summary>
internal sealed record PayoutRules(
    long MaximumXaf, long DailyXaf, long ApprovalAboveXaf, long RestaurantMinimumXaf, decimal RestaurantFeePercent)
{
    public const long MinimumXaf = 500;

    public static PayoutRules Read(IConfiguration configuration)
    {
        var section = configuration.GetSection("Payments:Payouts");
        return new PayoutRules(
            section.GetValue("MaxXaf", 500_000L),
            section.GetValue("DailyXaf", 1_000_000L),
            section.GetValue("ApprovalAboveXaf", 100_000L),
            section.GetValue("RestaurantMinXaf", 10_000L),
            section.GetValue("RestaurantFeePercent", 2.5m));
    }

    public (long MinimumXaf, long FeeXaf) Of(string account, long amountXaf) => account == Accounts.RestaurantPayable
        ? (RestaurantMinimumXaf, (long)Math.Ceiling(amountXaf * RestaurantFeePercent / 100))
        : (MinimumXaf, 0);
}

public sealed record PayoutView(
    Guid PayoutId, string Account, Guid OwnerId, long Amount, long Fee, string Status, string? Reason, DateTimeOffset RequestedAt,
    DateTimeOffset? EndedAt)
{
    public string Currency => "XAF";

    internal static PayoutView Of(Payout payout) => new(
        payout.Id, payout.Account, payout.OwnerId, payout.AmountXaf, payout.FeeXaf, payout.Status, payout.Reason, payout.RequestedAt,
        payout.EndedAt);
}

/// <summary>Reserves and sends payouts; each is one movement under one reference, whoever dies in between.</summary>
internal sealed class Payouts(
    PaymentsDbContext db, PayoutRules rules, PhoneCipher cipher, Operators operators, PhoneProof proofs, PollSchedule schedule,
    TimeProvider clock)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Refuses with AMOUNT_OUT_OF_RANGE, PAYOUT_PHONE_REQUIRED, PHONE_OPERATOR_UNSUPPORTED, INSUFFICIENT_BALANCE and PAYOUT_LIMIT_EXCEEDED.</summary>
    public async Task<Envelope<PayoutView>> RequestAsync(
        HttpContext http, string account, Guid ownerId, Guid requestedBy, decimal amount, string? phone, string? description)
    {
        var (now, ct, amountXaf) = (clock.GetUtcNow(), http.RequestAborted, (long)amount);
        var (minimumXaf, feeXaf) = rules.Of(account, amountXaf);
        if (amountXaf < minimumXaf || amountXaf > rules.MaximumXaf)
            throw new RuleViolatedException("AMOUNT_OUT_OF_RANGE", ("minimum", minimumXaf), ("maximum", rules.MaximumXaf));
        // The older clients name none: then it is the number that the account has proven.
        var number = MobileNumber.Parse(phone ?? await proofs.FindProvenAsync(requestedBy, ct))
            ?? throw new RuleViolatedException("PAYOUT_PHONE_REQUIRED");
        var carrier = operators.Find(number) ?? throw new RuleViolatedException("PHONE_OPERATOR_UNSUPPORTED");
        var id = Guid.CreateVersion7(now);
        var wish = new PayoutWish(account, ownerId, requestedBy, amountXaf, feeXaf, description);
        var payout = Payout.Request(id, wish, cipher.Seal(number, id), carrier.Name, now);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.Add(payout);
        db.Add(OwnerBookings.Reserved(payout, now));
        // The booking locks the owner's account, so what is read now is read by one at a time.
        await db.SaveBookedAsync(ct);
        // By the day's sum, or who wants to avoid the second pair of eyes asks for many small ones.
        if (await RequireCoveredAsync(payout, now, ct) <= rules.ApprovalAboveXaf)
        {
            payout.ApproveItself(now);
            Send(payout, now);
        }
        var answer = new Envelope<PayoutView>(PayoutView.Of(payout));
        if (requestedBy != ownerId)
            Record(new(requestedBy, Roles.Admin), "payout.ordered", payout, now);
        db.Remember(http, StatusCodes.Status202Accepted, null, answer);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return answer;
    }

    /// <summary>Leaves the sending to the next save; the movement carries the payout's own id.</summary>
    public void Send(Payout payout, DateTimeOffset now) => db.Add(Payment.PayOut(payout, now, schedule.Lifetime));

    /// <summary>Leaves the trace of an administrator's decision to the next save.</summary>
    public void Record(CurrentUser admin, string action, Payout payout, DateTimeOffset now) => db.RecordAction(
        admin, action, "payout", payout.Id, now, ("owner", $"{payout.OwnerId}"), ("amountXaf", $"{payout.AmountXaf}"));

    // The result is what the owner has asked for in a day.
    private async Task<long> RequireCoveredAsync(Payout payout, DateTimeOffset now, CancellationToken ct)
    {
        // Cash that a driver still holds, or was short of, is not paid out on top.
        string[] accounts = payout.Account == Accounts.DriverEarning
            ? [Accounts.DriverEarning, Accounts.CashFloat, Accounts.CashShortage]
            : [payout.Account];
        var leftXaf = await db.Wallets.Where(wallet => wallet.OwnerId == payout.OwnerId && accounts.Contains(wallet.Account))
            .SumAsync(wallet => wallet.BalanceXaf, ct);
        if (leftXaf < 0)
            throw new RuleViolatedException("INSUFFICIENT_BALANCE");
        var since = now - Day;
        var todayXaf = await db.Payouts
            .Where(row => row.OwnerId == payout.OwnerId && row.RequestedAt > since)
            .Where(row => row.Status != PayoutStatus.Failed && row.Status != PayoutStatus.Rejected)
            .SumAsync(row => row.AmountXaf, ct);
        if (todayXaf > rules.DailyXaf)
            throw new RuleViolatedException("PAYOUT_LIMIT_EXCEEDED", ("maximum", rules.DailyXaf));
        return todayXaf;
    }
}
