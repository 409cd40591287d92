namespace EatFast.Ordering.Domain;

/// <summary>The ways to pay as they are stored, and the words clients use for them.</summary>
public static class PaymentMethods
{
    public const string Cash = "cash";
    public const string CamPay = "campay";
    public const string Wallet = "wallet";

    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        [Cash] = Cash,
        ["cash_on_delivery"] = Cash,
        [CamPay] = CamPay,
        ["mobile_money"] = CamPay,
        ["mtn_money"] = CamPay,
        ["orange_money"] = CamPay,
        ["mtn"] = CamPay,
        ["orange"] = CamPay,
        ["noupay"] = "noupay",
        ["stripe"] = "stripe",
        ["card"] = "stripe",
        [Wallet] = Wallet
    };

    public static bool IsKnown(string word) => Words.ContainsKey(word);

    /// <summary>The stored word. Whether that method is usable now is Payments' to say when it is used, and the customer may then take another.</summary>
    public static string Of(string word) => Words[word];
}
