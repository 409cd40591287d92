using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EatFast.ProviderSimulator.Http;

namespace EatFast.ProviderSimulator.Providers.CamPay;

/// <summary>The body of a charge or a payout; they differ only in the name of the field with the number.</summary>
internal sealed partial record MoneyRequest(string Phone, Operator Carrier, long AmountXaf, string Description)
{
    // Keeps the fee within a long and is far above any real balance.
    private const long LargestXaf = 1_000_000_000_000;

    public string ExternalReference { get; init; } = "";
    public string ExternalUser { get; init; } = "";

    public static (MoneyRequest? Request, IResult Refusal) Read(
        JsonElement body, string phoneField, Operators operators, CamPayOptions options)
    {
        if (RefuseFields(body, phoneField) is { } badField)
            return (null, badField);
        if (body.Text(phoneField) is not { } phone || !Operators.IsNumber(phone))
            return (null, CamPayErrors.InvalidPhone());
        if (operators.Of(phone) is not { } carrier)
            return (null, CamPayErrors.UnsupportedCarrier());
        if (RefuseAmount(body.Text("amount"), carrier, options, out var amountXaf) is { } refusal)
            return (null, refusal);
        return (new MoneyRequest(phone, carrier, amountXaf, body.Text("description")!)
        {
            ExternalReference = body.Text("external_reference") ?? "",
            ExternalUser = body.Text("external_user") ?? "",
        }, Results.Empty);
    }

    private static IResult? RefuseFields(JsonElement body, string phoneField)
    {
        if (body.EnumerateObject().Any(field => field.Value.ValueKind == JsonValueKind.String && Tag().IsMatch(field.Value.GetString()!)))
            return CamPayErrors.MaliciousPayload();
        foreach (var name in new[] { "amount", phoneField, "description" })
            if (body.Field(name) is null)
                return CamPayErrors.Required(name);
        foreach (var name in new[] { "external_reference", "external_user", "description" })
            if (body.Field(name) is not null && body.Text(name) is null)
                return CamPayErrors.Field(name, "Not a valid string.");
        if (body.Text("description") is "")
            return CamPayErrors.Field("description", "This field may not be blank.");
        return body.Field("currency") is not null && body.Text("currency") is not "XAF"
            ? CamPayErrors.Field("currency", "Only XAF is supported.")
            : null;
    }

    private static IResult? RefuseAmount(string? text, Operator carrier, CamPayOptions options, out long amountXaf)
    {
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out amountXaf) || amountXaf > LargestXaf)
            return CamPayErrors.InvalidAmount();
        if (amountXaf < carrier.MinimumXaf)
            return CamPayErrors.TooLittle(carrier);
        return options.MaxAmountXaf > 0 && amountXaf > options.MaxAmountXaf ? CamPayErrors.TooMuch(options.MaxAmountXaf) : null;
    }

    [GeneratedRegex("<[^<>]*>")]
    private static partial Regex Tag();
}
