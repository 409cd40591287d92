using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;

namespace EatFast.Security;

/// <summary>Keys from configuration; a missing one stops the start with a sentence that names it.</summary>
public static class Secrets
{
    private const int MinimumLength = 32;

    public static string RequireSecret(this IConfiguration configuration, string key)
    {
        var secret = configuration[key];
        var variable = key.Replace(":", "__", StringComparison.Ordinal);
        if (string.IsNullOrWhiteSpace(secret))
            throw new InvalidOperationException($"The secret {key} is missing: set the environment variable {variable} (see docs/configuration.md).");
        if (secret.Length < MinimumLength)
            throw new InvalidOperationException($"The secret {key} is too short: {variable} needs at least {MinimumLength} characters.");
        return secret;
    }

    /// <summary>32 bytes for one purpose, derived from a secret of any form, so that keys of two purposes never coincide.</summary>
    public static byte[] DeriveKey(string secret, string purpose) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 32, info: Encoding.UTF8.GetBytes(purpose));
}
