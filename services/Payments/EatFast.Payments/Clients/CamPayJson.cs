using System.Globalization;
using System.Text.Json;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Clients;

/// <summary>CamPay's JSON: amounts are numbers or strings such as "5.00", and what is absent is the word None.</summary>
internal static class CamPayJson
{
    private const int LongestText = 200;

    public static JsonElement? Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            var body = JsonElement.ParseValue(ref reader);
            return body.ValueKind == JsonValueKind.Object ? body : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static string? Text(JsonElement body, string name)
    {
        if (!body.TryGetProperty(name, out var value))
            return null;
        var text = value.ValueKind switch
        {
            JsonValueKind.String => Printable(value),
            JsonValueKind.Number => value.GetRawText(),
            _ => null
        };
        return string.IsNullOrWhiteSpace(text) || text == "None" || text.Length > LongestText ? null : text;
    }

    /// <summary>Null for what is no whole amount.</summary>
    public static long? AmountOf(JsonElement body, string name) => AmountOf(Text(body, name));

    public static ProviderState StateOf(JsonElement body) => new(
        Text(body, "status")?.ToUpperInvariant() ?? "",
        AmountOf(Text(body, "amount")),
        Text(body, "currency"),
        Text(body, "external_reference"),
        Text(body, "reason"));

    /// <summary>The lines of a statement; which way the money went shows only in those that succeeded.</summary>
    public static IReadOnlyList<StatementLine>? LinesOf(JsonElement body) =>
        body.TryGetProperty("data", out var rows) && rows.ValueKind == JsonValueKind.Array
            ? [.. rows.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object).Select(LineOf).OfType<StatementLine>()]
            : null;

    private static StatementLine? LineOf(JsonElement row)
    {
        if (Text(row, "reference_uuid") is not { } reference || Text(row, "status") is not { } status)
            return null;
        var isCollect = AmountOf(Text(row, "credit")) > 0 ? true : AmountOf(Text(row, "debit")) > 0 ? false : (bool?)null;
        var at = DateTimeOffset.TryParse(
            Text(row, "datetime"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var parsed) ? parsed : (DateTimeOffset?)null;
        return new StatementLine(
            reference, status.ToUpperInvariant(), AmountOf(Text(row, "amount")) ?? 0, Text(row, "external_user"), isCollect, at);
    }

    public static string RefusalOf(JsonElement? body) => (body is { } refusal ? Text(refusal, "error_code") : null) switch
    {
        "ER101" => "PHONE_REFUSED",
        "ER102" => "PHONE_OPERATOR_UNSUPPORTED",
        "ER201" => "AMOUNT_REFUSED",
        "ER301" => "PROVIDER_FLOAT_TOO_LOW",
        _ => "PROVIDER_REFUSED"
    };

    /// <summary>The complaint of the web framework beneath CamPay that the external reference was used before.</summary>
    public static bool IsKnownReference(JsonElement? body) => body is { } refusal
        && refusal.TryGetProperty("external_reference", out var complaints)
        && complaints.GetRawText().Contains("unique", StringComparison.OrdinalIgnoreCase);

    // A fraction of a franc does not exist: such an amount is as wrong as a missing one.
    private static long? AmountOf(string? text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            && amount == decimal.Truncate(amount) && amount <= long.MaxValue
            ? (long)amount
            : null;

    // Half a surrogate pair or a NUL cannot be stored, and no honest caller sends one.
    private static string? Printable(JsonElement value)
    {
        try
        {
            return value.GetString() is { } text && !text.Contains('\0') ? text : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
