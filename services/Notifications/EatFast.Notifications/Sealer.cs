using System.Security.Cryptography;
using System.Text;
using EatFast.Security;

namespace EatFast.Notifications;

/// <summary>Seals an operator's words and numbers at rest (AES-256-GCM); a value opens only in the row and field it was made for.</summary>
internal sealed class Sealer(IConfiguration configuration)
{
    private const int NonceSize = 12;
    private const int TagSize = 16;
    private readonly byte[] _key = Secrets.DeriveKey(configuration.RequireSecret("Security:EncryptionKey"), "notification-messages");

    public byte[] Seal(string text, Guid row, string field)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedText = new byte[NonceSize + TagSize + plain.Length];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, NonceSize));
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(
            sealedText.AsSpan(0, NonceSize),
            plain,
            sealedText.AsSpan(NonceSize + TagSize),
            sealedText.AsSpan(NonceSize, TagSize),
            Context(row, field));
        return sealedText;
    }

    public string Open(byte[] sealedText, Guid row, string field)
    {
        var plain = new byte[sealedText.Length - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(
            sealedText.AsSpan(0, NonceSize),
            sealedText.AsSpan(NonceSize + TagSize),
            sealedText.AsSpan(NonceSize, TagSize),
            plain,
            Context(row, field));
        return Encoding.UTF8.GetString(plain);
    }

    private static byte[] Context(Guid row, string field) => Encoding.UTF8.GetBytes($"{row:N}/{field}");
}
