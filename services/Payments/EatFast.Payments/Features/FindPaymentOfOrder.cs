using EatFast.Errors;
using EatFast.Payments.Data;
using EatFast.Payments.Domain;
using Microsoft.EntityFrameworkCore;

namespace EatFast.Payments.Features;

/// <summary>Answers neighbours that ask how an order is paid; unlike clients they hear of authorized cash.</summary>
internal sealed class FindPaymentOfOrder(PaymentsDbContext db)
{
    public async Task<Payment> Handle(string orderId, CancellationToken ct) =>
        Guid.TryParse(orderId, out var id)
        && await db.Payments.AsNoTracking().SingleOrDefaultAsync(row => row.OrderId == id, ct) is { } found
            ? found
            : throw new RuleViolatedException("PAYMENT_NOT_FOUND");
}
