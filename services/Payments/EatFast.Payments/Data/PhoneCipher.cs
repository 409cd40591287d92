using System.Security.Cryptography;
using System.Text;
using EatFast.Payments.Domain;

namespace EatFast.Payments.Data;

/// <summary>Seals the payer's number with AES-GCM, bound to the row it belongs to so that it cannot be moved to another one.</summary>
public sealed class PhoneCipher(byte[] key)
{
    private const byte KeyId = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int HeaderLength = 1 + NonceLength + TagLength;

    public byte[] Seal(MobileNumber phone, Guid rowId)
    {
        var plain = Encoding.ASCII.GetBytes(phone.Msisdn);
        var box = new byte[HeaderLength + plain.Length];
        box[0] = KeyId;
        var nonce = box.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, box.AsSpan(HeaderLength), box.AsSpan(1 + NonceLength, TagLength), rowId.ToByteArray(bigEndian: true));
        return box;
    }

    public string Open(byte[] box, Guid rowId)
    {
        if (box.Length <= HeaderLength || box[0] != KeyId)
            throw new CryptographicException("The number was sealed with a key that is not known here.");
        var plain = new byte[box.Length - HeaderLength];
        using var aes = new AesGcm(key, TagLength);
        aes.Decrypt(
            box.AsSpan(1, NonceLength),
            box.AsSpan(HeaderLength),
            box.AsSpan(1 + NonceLength, TagLength),
            plain,
            rowId.ToByteArray(bigEndian: true));
        return Encoding.ASCII.GetString(plain);
    }
}
