using EatFast.Identity.Credentials;
using EatFast.Security;

namespace EatFast.Identity.Audit;

/// <summary>
/// What signs the heads of the audit log: <c>Security:AuditSigningKey</c>, which lives as long as the log does. The keys of access tokens
/// are changed far more often, and a head that one of them signed (before there was a key of its own) stays good while it is configured.
/// </summary>
internal sealed class AuditKeys
{
    private readonly SigningKeys _keys;

    public AuditKeys(string current, IEnumerable<string> older) => _keys = new(current, older);

    public string KeyId => _keys.Current.KeyId;

    public static AuditKeys From(IConfiguration configuration)
    {
        var tokens = configuration.GetSection("Security:RetiredSigningKeys").Get<string[]>() ?? [];
        var retired = configuration.GetSection("Security:RetiredAuditSigningKeys").Get<string[]>() ?? [];
        var signing = configuration.RequireSecret("Security:SigningKey");
        var own = configuration["Security:AuditSigningKey"] is { Length: > 0 } ? configuration.RequireSecret("Security:AuditSigningKey") : signing;
        return new(own, [.. retired, signing, .. tokens]);
    }

    public byte[] Sign(byte[] content) => _keys.Sign(content);

    public bool IsSigned(string keyId, byte[] content, byte[] signature) => _keys.IsSigned(keyId, content, signature);
}
