using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace EatFast.Security;

/// <summary>
/// AES-256-GCM for single values, written <c>v1|key id|nonce|ciphertext|tag</c>. The place (table, column, row) is authenticated
/// too, so a value copied into another row does not open.
/// </summary>
public sealed class FieldCipher
{
    private const string Format = "v1";
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly string _currentId;
    private readonly Dictionary<string, byte[]> _keys;

    /// <param name="purpose">What is sealed: keys of two purposes differ, also when they come from the same secret.</param>
    /// <param name="secret">Seals everything new.</param>
    /// <param name="retired">Still open what they once sealed.</param>
    public FieldCipher(string purpose, string secret, IEnumerable<string> retired)
    {
        var current = Secrets.DeriveKey(secret, purpose);
        _currentId = IdOf(current);
        _keys = retired.Select(old => Secrets.DeriveKey(old, purpose)).Append(current).DistinctBy(IdOf).ToDictionary(IdOf);
    }

    public static FieldCipher From(IConfiguration configuration, string purpose) => new(
        purpose,
        configuration.RequireSecret("Security:EncryptionKey"),
        configuration.GetSection("Security:RetiredEncryptionKeys").Get<string[]>() ?? []);

    /// <summary>How every value starts that the current key sealed; what does not is still to be sealed anew after a rotation.</summary>
    public string CurrentPrefix => $"{Format}|{_currentId}|";

    /// <summary>The name of the current key, which tells nothing about it.</summary>
    public string CurrentKeyId => _currentId;

    public string Seal(string value, string place)
    {
        var plain = Encoding.UTF8.GetBytes(value);
        var nonce = RandomNumberGenerator.GetBytes(NonceSize);
        var sealedValue = new byte[plain.Length];
        var tag = new byte[TagSize];
        using var aes = new AesGcm(_keys[_currentId], TagSize);
        aes.Encrypt(nonce, plain, sealedValue, tag, Encoding.UTF8.GetBytes(place));
        return string.Join('|', Format, _currentId, Text(nonce), Text(sealedValue), Text(tag));
    }

    public string Open(string stored, string place)
    {
        if (stored.Split('|') is not [Format, var keyId, var nonce, var sealedValue, var tag])
            throw new CryptographicException($"The value at {place} is not in the format {Format}.");
        if (!_keys.TryGetValue(keyId, out var key))
            throw new CryptographicException($"The value at {place} needs the encryption key '{keyId}', which is not configured.");
        var cipher = Convert.FromBase64String(sealedValue);
        var plain = new byte[cipher.Length];
        using var aes = new AesGcm(key, TagSize);
        aes.Decrypt(Convert.FromBase64String(nonce), cipher, Convert.FromBase64String(tag), plain, Encoding.UTF8.GetBytes(place));
        return Encoding.UTF8.GetString(plain);
    }

    private static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, 4));

    private static string Text(byte[] bytes) => Convert.ToBase64String(bytes);
}
