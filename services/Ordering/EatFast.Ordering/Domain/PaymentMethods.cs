using EatFast.Errors;

namespace EatFast.Ordering.Domain;

/// <summary>The ways to pay as they are stored, and the words clients use for them.</summary>
public static class PaymentMethods
{
    public const string Cash = "cash";
    public const string CamPay = "campay";

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
        ["wallet"] = "wallet"
    };

    public static bool IsKnown(string word) => Words.ContainsKey(word);

    /// <summary>Refuses with PAYMENT_METHOD_UNAVAILABLE what the platform cannot collect with.</summary>
    public static string Require(string word) =>
        Words[word] is (Cash or CamPay) and var method
            ? method
            : throw new RuleViolatedException("PAYMENT_METHOD_UNAVAILABLE", ("method", Words[word]));
}
