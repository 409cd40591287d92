using System.Text.Json;
using EatFast.Identity.Contracts;
using EatFast.Security;

namespace EatFast.Identity.Tests;

/// <summary>A letter as its sender reads it.</summary>
internal sealed record Letter(string Kind, string Address, string Language, IReadOnlyDictionary<string, string> Values)
{
    /// <summary>All that were written to an address, or that name this word.</summary>
    public static async Task<List<Letter>> AboutAsync(IdentitySystem system, string word)
    {
        var cipher = new FieldCipher(LetterSeal.Purpose, TestVault.Secret, []);
        var all = (await system.Identity.AnnouncedAsync<LetterIssued>()).ConvertAll(letter => new Letter(
            letter.Kind, cipher.Open(letter.SealedAddress, LetterSeal.Place("address", letter.LetterId)), letter.Language,
            JsonSerializer.Deserialize<Dictionary<string, string>>(cipher.Open(letter.SealedValues, LetterSeal.Place("values", letter.LetterId)))!));
        return all.FindAll(letter => letter.Address == word || letter.Values.Values.Contains(word));
    }
}
