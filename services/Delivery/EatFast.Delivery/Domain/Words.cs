using System.Text.Json;

namespace EatFast.Delivery.Domain;

/// <summary>The snake_case words of states, the same in the database, in JSON and in messages.</summary>
public static class Words
{
    public static string Word<TEnum>(this TEnum value) where TEnum : struct, Enum =>
        JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    public static TEnum Parse<TEnum>(string word) where TEnum : struct, Enum =>
        Enum.Parse<TEnum>(word.Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
