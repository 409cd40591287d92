using System.ComponentModel.DataAnnotations;
using EatFast.Errors;
using EatFast.Http;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

public sealed record RefundPaymentRequest(
    [property: Range(1, 1_000_000_000)] long? Amount,
    [property: Required, StringLength(200, MinimumLength = 1)] string Reason,
    [property: AllowedValues(null, "source", "original", "wallet")] string? RefundMethod = null,
    [property: AllowedValues(null, "platform", "restaurant")] string? PaidBy = null);

public sealed record RefundPaymentResponse(Guid RefundId, Guid PaymentId, Guid OrderId, long Amount, string Method, string Status)
{
    public string Currency => "XAF";
}

/// <summary>
/// An administrator gives back all or a part of what an order cost: to the source when its provider can, else to the wallet.
/// After the money was shared out, the platform bears it, or the restaurant whose mistake it was.
/// </summary>
internal static class RefundPayment
{
    // After either of them the order's money is no longer under the order.
    private static readonly string[] SharedOut = [EntryKind.Settlement, EntryKind.CancellationFee];

    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapPost("/orders/{orderId:guid}/refund", Handle)
        .WithIdempotency<PaymentsDbContext>()
        .WithName(nameof(RefundPayment))
        .WithSummary("Refund an order, fully or in part");

    internal static async Task<Ok<Envelope<RefundPaymentResponse>>> Handle(
        Guid orderId, RefundPaymentRequest request, HttpContext http, CurrentUser admin, PaymentsDbContext db, CashBook cashBook,
        TimeProvider clock, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var payment = await db.LockByOrderAsync(orderId, ct);
        if (payment is not { Purpose: PaymentPurpose.Order })
            throw new RuleViolatedException("PAYMENT_NOT_FOUND");
        var now = clock.GetUtcNow();
        var wish = new RefundWish(Guid.CreateVersion7(now), request.Amount ?? payment.RefundableXaf);
        var isToSource = payment.Grant(wish, request.RefundMethod == "wallet", now);
        if (await db.LedgerEntries.AnyAsync(entry => SharedOut.Contains(entry.Kind) && entry.SourceId == payment.Id, ct))
            db.Add(Bookings.RefundFunded(payment, wish, request.PaidBy == "restaurant", now));
        if (!isToSource)
            cashBook.ReturnToWallet(payment, wish.Id, wish.AmountXaf);
        db.RecordAction(
            admin, "payment.refunded", "payment", payment.Id, now, ("orderId", $"{orderId}"), ("amountXaf", $"{wish.AmountXaf}"),
            ("to", isToSource ? payment.Method : PaymentMethods.Wallet), ("reason", request.Reason));
        var answer = new Envelope<RefundPaymentResponse>(new RefundPaymentResponse(
            wish.Id, payment.Id, orderId, wish.AmountXaf, isToSource ? payment.Method : PaymentMethods.Wallet,
            isToSource ? "pending" : "completed"));
        db.Remember(http, StatusCodes.Status200OK, null, answer);
        await db.SaveBookedAsync(ct);
        await transaction.CommitAsync(ct);
        return TypedResults.Ok(answer);
    }
}
