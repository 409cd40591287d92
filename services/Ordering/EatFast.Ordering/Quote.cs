using System.Security.Cryptography;
using System.Text.Json;
using EatFast.Errors;
using EatFast.Ordering.Domain;
using EatFast.Security;
using Microsoft.AspNetCore.WebUtilities;

namespace EatFast.Ordering;

/// <summary>A price that was shown and will be charged: whose, for which basket, each piece's price, and until when.</summary>
internal sealed record Quote(
    Guid CustomerId, string Fingerprint, IReadOnlyList<long> UnitPricesXaf, Pricing Bill, Discount? Discount, int TravelMinutes,
    DateTimeOffset ExpiresAt);

/// <summary>Signs quotes, so that the platform need not remember them: they come back with the order, or never.</summary>
internal sealed class QuoteSeal(IConfiguration configuration)
{
    private readonly byte[] _key = Secrets.DeriveKey(configuration.RequireSecret("Security:EncryptionKey"), "order quotes");

    public string Seal(Quote quote)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(quote, JsonSerializerOptions.Default);
        return $"{WebEncoders.Base64UrlEncode(body)}.{WebEncoders.Base64UrlEncode(HMACSHA256.HashData(_key, body))}";
    }

    /// <summary>Refuses with QUOTE_INVALID (changed, another basket's, somebody else's) or QUOTE_EXPIRED.</summary>
    public Quote Open(string token, Basket basket, DateTimeOffset now)
    {
        var quote = Read(token) ?? throw new RuleViolatedException("QUOTE_INVALID");
        if (quote.CustomerId != basket.CustomerId || quote.Fingerprint != FingerprintOf(basket))
            throw new RuleViolatedException("QUOTE_INVALID");
        return now < quote.ExpiresAt ? quote : throw new RuleViolatedException("QUOTE_EXPIRED");
    }

    /// <summary>Everything that a price depends on.</summary>
    public static string FingerprintOf(Basket basket)
    {
        var lines = basket.Lines.Select(line => new { line.ItemId, line.Quantity, line.Choices });
        var code = string.IsNullOrWhiteSpace(basket.PromoCode) ? null : Promotion.Normalize(basket.PromoCode);
        var all = new { basket.RestaurantId, lines, basket.Address?.Latitude, basket.Address?.Longitude, basket.TipXaf, code, basket.DeliveryType, basket.ScheduledFor };
        return Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(all, JsonSerializerOptions.Default)));
    }

    private Quote? Read(string token)
    {
        if (token.Split('.') is not [var body, var signature])
            return null;
        try
        {
            var bytes = WebEncoders.Base64UrlDecode(body);
            return CryptographicOperations.FixedTimeEquals(HMACSHA256.HashData(_key, bytes), WebEncoders.Base64UrlDecode(signature))
                ? JsonSerializer.Deserialize<Quote>(bytes, JsonSerializerOptions.Default)
                : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
