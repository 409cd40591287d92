using EatFast.Payments.Contracts.V1;
using EatFast.Payments.Features;
using Grpc.Core;

namespace EatFast.Payments.Grpc;

/// <summary>What other services may ask Payments; reachable on the internal port only.</summary>
internal sealed class PaymentsGrpcService(FindPaymentOfOrder payments, ReadBalance balances, ReadDriverCash cash) : Contracts.V1.Payments.PaymentsBase
{
    public override async Task<Payment> GetPayment(GetPaymentRequest request, ServerCallContext context)
    {
        var payment = await payments.Handle(request.OrderId, context.CancellationToken);
        return new Payment
        {
            PaymentId = payment.Id.ToString(),
            OrderId = payment.OrderId.ToString(),
            Method = payment.Method,
            Status = payment.Status,
            AmountXaf = payment.AmountXaf,
            RefundedXaf = payment.RefundedXaf
        };
    }

    public override async Task<Balance> GetBalance(GetBalanceRequest request, ServerCallContext context) =>
        new() { BalanceXaf = await balances.Handle(request.OwnerId, request.Account, context.CancellationToken) };

    public override async Task<DriverCash> GetDriverCash(GetDriverCashRequest request, ServerCallContext context)
    {
        var (owedXaf, mayTakeCash) = await cash.Handle(request.DriverId, context.CancellationToken);
        return new DriverCash { OwedXaf = owedXaf, MayTakeCash = mayTakeCash };
    }
}
