using System.Text.Json;

namespace EatFast.Ordering;

/// <summary>Tells which JSON of a client can be kept: half a character, a NUL and a number beyond all measure are JSON, but no text or number of Postgres.</summary>
internal static class StorableJson
{
    public static bool Is(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => IsText(() => json.GetString()),
        JsonValueKind.Number => json.TryGetDouble(out var number) && double.IsFinite(number) && (number != 0 || !IsTiny(json)),
        JsonValueKind.Array => json.EnumerateArray().All(Is),
        JsonValueKind.Object => json.EnumerateObject().All(member => IsText(() => member.Name) && Is(member.Value)),
        _ => true
    };

    // 1e-999999 is read as zero, but would be stored as it was written.
    private static bool IsTiny(JsonElement zero) => zero.GetRawText().AsSpan().ContainsAnyInRange('1', '9');

    private static bool IsText(Func<string?> read)
    {
        try
        {
            return read()?.Contains('\0', StringComparison.Ordinal) != true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
