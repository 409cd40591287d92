namespace EatFast.Payments;

/// <summary>What one payment by a method may be; the defaults are CamPay's own.</summary>
internal sealed record PaymentLimits(long CamPayMinimumXaf, long CamPayMaximumXaf)
{
    public static PaymentLimits Read(IConfiguration configuration) => new(
        configuration.GetValue("Payments:CamPay:MinXaf", 100L), configuration.GetValue("Payments:CamPay:MaxXaf", 1_000_000L));
}
