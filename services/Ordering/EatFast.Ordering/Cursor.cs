using System.Buffers.Text;
using System.Globalization;
using System.Text;
using EatFast.Ordering.Domain;

namespace EatFast.Ordering;

/// <summary>A place in a list of orders, newest first, that stays right while orders arrive; clients pass it on without reading it.</summary>
internal sealed record Cursor(DateTimeOffset CreatedAt, Guid OrderId)
{
    public static string? After(Order? last) =>
        last is null ? null : Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"{last.CreatedAt.UtcTicks}.{last.Id:N}"));

    /// <summary>Null for what is no cursor of ours.</summary>
    public static Cursor? Read(string text)
    {
        var bytes = new byte[64];
        if (text.Length > 80 || !Base64Url.IsValid(text) || !Base64Url.TryDecodeFromChars(text, bytes, out var written))
            return null;
        return Encoding.ASCII.GetString(bytes, 0, written).Split('.') is [var ticks, var id]
            && long.TryParse(ticks, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at <= DateTimeOffset.MaxValue.UtcTicks
            && Guid.TryParseExact(id, "N", out var orderId)
            ? new(new DateTimeOffset(at, TimeSpan.Zero), orderId)
            : null;
    }
}
