namespace EatFast.Payments.Domain;

/// <summary>The methods as they are stored; clients also say them in older words.</summary>
public static class PaymentMethods
{
    public const string Cash = "cash";
    public const string CamPay = "campay";
    public const string NouPay = "noupay";
    public const string Stripe = "stripe";
    public const string Wallet = "wallet";

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["cash"] = Cash,
        ["cash_on_delivery"] = Cash,
        ["campay"] = CamPay,
        ["mobile_money"] = CamPay,
        ["mtn_money"] = CamPay,
        ["orange_money"] = CamPay,
        ["mtn"] = CamPay,
        ["orange"] = CamPay,
        ["noupay"] = NouPay,
        ["stripe"] = Stripe,
        ["card"] = Stripe,
        ["wallet"] = Wallet
    };

    public static string? Parse(string? word) => word is null ? null : Words.GetValueOrDefault(word);
}
