using System.Collections.Concurrent;
using EatFast.Errors;
using EatFast.Payments.Contracts.V1;
using Grpc.Core;
using PaymentsBase = EatFast.Payments.Contracts.V1.Payments.PaymentsBase;

namespace EatFast.Ordering.Tests;

/// <summary>Payments as a test needs it: it knows the payments it was told of, and can be away for an order.</summary>
internal sealed class ScriptedPayments : PaymentsBase
{
    public const string Away = "away";

    public ConcurrentDictionary<Guid, string> Statuses { get; } = new();

    public override Task<Payment> GetPayment(GetPaymentRequest request, ServerCallContext context)
    {
        if (!Statuses.TryGetValue(Guid.Parse(request.OrderId), out var status))
            throw new RuleViolatedException("PAYMENT_NOT_FOUND") { Refusal = new(404, "Inconnu.", "Unknown.") };
        return status == Away
            ? throw new RpcException(new Status(StatusCode.Unavailable, "down"))
            : Task.FromResult(new Payment { OrderId = request.OrderId, Status = status });
    }
}
