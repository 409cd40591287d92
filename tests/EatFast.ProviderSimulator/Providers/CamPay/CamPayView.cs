using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>A movement as the API and the webhook tell it: amounts are strings and what is absent is the word None.</summary>
internal sealed record CamPayView(
    Guid Reference,
    string Status,
    string Amount,
    string AppAmount,
    string Operator,
    string Code,
    string Signature,
    string PhoneNumber)
{
    private const string Absent = "None";

    public string Currency { get; } = "XAF";
    public string OperatorReference { get; init; } = "";
    public string ExternalReference { get; init; } = "";
    public string ExternalUser { get; init; } = "";
    public string Description { get; init; } = "";
    public string Endpoint { get; init; } = "";
    public string Reason { get; init; } = Absent;
    public string RedirectUrl { get; } = Absent;
    public string FailureRedirectUrl { get; } = Absent;
    public string ExtraFirstName { get; } = Absent;
    public string ExtraLastName { get; } = Absent;
    public string ExtraEmail { get; } = Absent;

    public static CamPayView Of(CamPayTransaction transaction, string signature) => new(
        transaction.Reference,
        transaction.Status,
        Decimals(transaction.AmountXaf),
        Decimals(transaction.AppAmountXaf),
        transaction.Operator,
        transaction.Code,
        signature,
        transaction.Phone)
    {
        OperatorReference = transaction.OperatorReference,
        ExternalReference = OrNone(transaction.ExternalReference),
        ExternalUser = OrNone(transaction.ExternalUser),
        Description = OrNone(transaction.Description),
        Endpoint = transaction.Endpoint,
        Reason = OrNone(transaction.Reason),
    };

    public static string Decimals(long amountXaf) => string.Create(CultureInfo.InvariantCulture, $"{amountXaf}.00");

    private static string OrNone(string text) => text.Length == 0 ? Absent : text;
}

/// <summary>CamPay's JSON: snake case, accents as they are.</summary>
internal static class CamPayJson
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DictionaryKeyPolicy = null,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static IResult Answer(object body, int status = StatusCodes.Status200OK) => Results.Json(body, Options, statusCode: status);
}
