using EatFast.Payments.Domain;

namespace EatFast.Payments;

/// <summary>What one payment by a method may be; the defaults are the providers' own, for a wallet ours.</summary>
internal sealed record PaymentLimits(
    long CamPayMinimumXaf, long CamPayMaximumXaf, long NouPayMinimumXaf, long NouPayMaximumXaf, long TopUpMinimumXaf,
    long TopUpMaximumXaf, long CardMinimumXaf, long CardMaximumXaf)
{
    public (long MinimumXaf, long MaximumXaf) Of(string provider) =>
        provider == PaymentMethods.NouPay ? (NouPayMinimumXaf, NouPayMaximumXaf) : (CamPayMinimumXaf, CamPayMaximumXaf);

    public static PaymentLimits Read(IConfiguration configuration) => new(
        configuration.GetValue("Payments:CamPay:MinXaf", 100L),
        configuration.GetValue("Payments:CamPay:MaxXaf", 1_000_000L),
        configuration.GetValue("Payments:NouPay:MinXaf", 100L),
        configuration.GetValue("Payments:NouPay:MaxXaf", 2_000_000L),
        configuration.GetValue("Payments:Wallet:MinTopUpXaf", 500L),
        configuration.GetValue("Payments:Wallet:MaxTopUpXaf", 100_000L),
        configuration.GetValue("Payments:Stripe:MinXaf", 500L),
        configuration.GetValue("Payments:Stripe:MaxXaf", 2_000_000L));
}

/// <summary>The platform's part of the food's price, in percent; the restaurant gets the rest.</summary>
internal sealed record Shares(int CommissionPercent);

/// <summary>How much of our cash a driver may hold.</summary>
internal sealed record CashCeiling(long Xaf)
{
    public bool Allows(long owedXaf) => owedXaf < Xaf;
}
