using System.Text.Json;
using EatFast.Identity.Contracts;
using EatFast.Security;

namespace EatFast.Notifications;

/// <summary>Opens what Identity sealed for the sender of its letters, and makes links of what they hold.</summary>
internal sealed class LetterReader(IConfiguration configuration, WebLinks links)
{
    private readonly FieldCipher _cipher = FieldCipher.From(configuration, LetterSeal.Purpose);

    public string Address(LetterIssued letter) => _cipher.Open(letter.SealedAddress, LetterSeal.Place("address", letter.LetterId));

    public IReadOnlyDictionary<string, string> Values(LetterIssued letter)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, string>>(
            _cipher.Open(letter.SealedValues, LetterSeal.Place("values", letter.LetterId)))!;
        if (values.TryGetValue("token", out var token))
        {
            values["confirmLink"] = links.To("newsletter/confirm", token);
            values["unsubscribeLink"] = links.To("newsletter/unsubscribe", token);
        }
        return values;
    }
}
